#pragma once

#include <chrono>
#include <condition_variable>
#include <mutex>
#include <optional>
#include <string>

#include "cli/exit_code.hpp"

namespace app {

struct Failure {
  std::string why;
  cli::ExitCode code = cli::ExitCode::internal_error;

  bool operator==(const Failure&) const = default;
};

/// That the process is to end, and why: asked to from outside, or something failed.
///
/// Threads: any.
class Ending {
 public:
  void ask();
  /// The first failure counts.
  void fail(std::string why, cli::ExitCode code = cli::ExitCode::internal_error);

  /// True at once when the process is to end; else false after `time`.
  bool wait_for(std::chrono::milliseconds time);

  std::optional<Failure> failure() const;

 private:
  mutable std::mutex mutex_;
  std::condition_variable changed_;
  bool asked_ = false;
  std::optional<Failure> failure_;
};

}  // namespace app
