#pragma once

#include <atomic>
#include <chrono>
#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace telemetry {

using SteadyTime = std::chrono::steady_clock::time_point;

/// One loop's sign of life: it says so at each turn, others see when it has been silent for too long.
///
/// Threads: any.
class Heartbeat {
 public:
  Heartbeat(std::string name, std::chrono::seconds limit) : name_{std::move(name)}, limit_{limit} {}

  /// Before the first beat nothing is expected.
  void beat(SteadyTime now);
  /// The loop has ended as it should; nothing more is expected.
  void end();

  /// What is wrong; none while the loop turns.
  std::optional<std::string> complaint(SteadyTime now) const;

 private:
  static constexpr SteadyTime::rep silent = SteadyTime::min().time_since_epoch().count();

  std::string name_;
  std::chrono::seconds limit_;
  std::atomic<SteadyTime::rep> last_{silent};
};

/// What must hold before work may be expected of this process, each named at the start.
///
/// Threads: any.
class Readiness {
 public:
  explicit Readiness(const std::vector<std::string>& checks);

  void pass(std::string_view check);
  /// `problem`: for people, without personal data.
  void fail(std::string_view check, std::string problem);

  /// One line for each check that does not hold.
  std::vector<std::string> problems() const;

 private:
  void set(std::string_view check, std::optional<std::string> problem);

  mutable std::mutex mutex_;
  std::map<std::string, std::optional<std::string>, std::less<>> checks_;
};

}  // namespace telemetry
