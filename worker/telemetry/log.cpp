#include "telemetry/log.hpp"

#include <chrono>
#include <utility>

#include <spdlog/logger.h>
#include <spdlog/sinks/stdout_sinks.h>

namespace telemetry {
namespace {

spdlog::level::level_enum spdlog_level(Level level) {
  switch (level) {
    case Level::debug:
      return spdlog::level::debug;
    case Level::info:
      return spdlog::level::info;
    case Level::warning:
      return spdlog::level::warn;
    case Level::error:
      return spdlog::level::err;
  }
  return spdlog::level::err;
}

auto now() { return std::chrono::floor<std::chrono::milliseconds>(std::chrono::system_clock::now()); }

constexpr unsigned lines_per_interval = 5;
constexpr std::chrono::seconds interval{60};

}  // namespace

Log::Log(Level least) : Log{least, std::make_shared<spdlog::sinks::stderr_sink_mt>()} {}

Log::Log(Level least, std::shared_ptr<spdlog::sinks::sink> sink)
    : logger_{std::make_shared<spdlog::logger>("segment-export", std::move(sink))},
      limit_{lines_per_interval, interval} {
  // A pattern of spdlog's own would not escape what it puts around the message.
  logger_->set_pattern("%v");
  logger_->set_level(spdlog_level(least));
  logger_->flush_on(spdlog::level::debug);
}

Log::~Log() = default;

void Log::write(Level level, std::string_view message, Fields fields) {
  if (!logger_->should_log(spdlog_level(level))) return;
  logger_->log(spdlog_level(level), spdlog::string_view_t{log_line(now(), level, message, fields)});
}

void Log::write_limited(Level level, std::string_view message, Fields fields) {
  if (!logger_->should_log(spdlog_level(level))) return;
  std::optional<std::uint64_t> kept_back;
  {
    const std::lock_guard lock{mutex_};
    kept_back = limit_.ask(message, std::chrono::steady_clock::now());
  }
  if (!kept_back) return;
  logger_->log(spdlog_level(level), spdlog::string_view_t{log_line(now(), level, message, fields, *kept_back)});
}

}  // namespace telemetry
