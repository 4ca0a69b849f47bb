#pragma once

#include <chrono>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>

namespace telemetry {

/// Lets one cause speak a few times per interval and counts what it keeps back, so that a broker that is away does not
/// fill a disk.
///
/// Causes are texts of the code, never of the input: they are kept for ever.
class RateLimit {
 public:
  using Time = std::chrono::steady_clock::time_point;

  RateLimit(unsigned per_interval, std::chrono::seconds interval) : per_interval_{per_interval}, interval_{interval} {}

  /// None: keep it back. Else how many were kept back since the cause last spoke.
  std::optional<std::uint64_t> ask(std::string_view cause, Time now);

 private:
  struct Spoken {
    Time began{};
    unsigned times = 0;
    std::uint64_t kept_back = 0;
  };

  unsigned per_interval_;
  std::chrono::seconds interval_;
  std::map<std::string, Spoken, std::less<>> spoken_;
};

}  // namespace telemetry
