#pragma once

#include <memory>
#include <mutex>
#include <string_view>

#include "telemetry/log_line.hpp"
#include "telemetry/rate_limit.hpp"

namespace spdlog {
class logger;
namespace sinks {
class sink;
}
}  // namespace spdlog

namespace telemetry {

/// The log of the process: one JSON object a line.
///
/// Threads: any.
class Log {
 public:
  /// To standard error.
  explicit Log(Level least);
  Log(Level least, std::shared_ptr<spdlog::sinks::sink> sink);
  ~Log();
  Log(const Log&) = delete;
  Log& operator=(const Log&) = delete;

  /// `message` is a constant text; what differs from time to time stands in fields.
  void write(Level level, std::string_view message, Fields fields = {});

  /// As write, for what can repeat without end; the message is the cause that is limited.
  void write_limited(Level level, std::string_view message, Fields fields = {});

 private:
  std::shared_ptr<spdlog::logger> logger_;
  std::mutex mutex_;
  RateLimit limit_;
};

}  // namespace telemetry
