#include "telemetry/rate_limit.hpp"

#include <utility>

namespace telemetry {

std::optional<std::uint64_t> RateLimit::ask(std::string_view cause, Time now) {
  auto found = spoken_.find(cause);
  if (found == spoken_.end()) found = spoken_.emplace(cause, Spoken{.began = now}).first;
  Spoken& spoken = found->second;
  if (now - spoken.began >= interval_) {
    spoken.began = now;
    spoken.times = 0;
  }
  if (spoken.times >= per_interval_) {
    ++spoken.kept_back;
    return std::nullopt;
  }
  ++spoken.times;
  return std::exchange(spoken.kept_back, 0);
}

}  // namespace telemetry
