#include "telemetry/health.hpp"

#include <cassert>
#include <utility>

namespace telemetry {

void Heartbeat::beat(SteadyTime now) { last_.store(now.time_since_epoch().count(), std::memory_order_relaxed); }

void Heartbeat::end() { last_.store(silent, std::memory_order_relaxed); }

std::optional<std::string> Heartbeat::complaint(SteadyTime now) const {
  const auto last = last_.load(std::memory_order_relaxed);
  if (last == silent) return std::nullopt;
  const auto since = now - SteadyTime{SteadyTime::duration{last}};
  if (since <= limit_) return std::nullopt;
  const auto seconds = std::chrono::duration_cast<std::chrono::seconds>(since).count();
  return name_ + ": no turn for " + std::to_string(seconds) + " s";
}

Readiness::Readiness(const std::vector<std::string>& checks) {
  for (const std::string& check : checks) checks_.emplace(check, "not yet looked at");
}

void Readiness::pass(std::string_view check) { set(check, std::nullopt); }

void Readiness::fail(std::string_view check, std::string problem) { set(check, std::move(problem)); }

void Readiness::set(std::string_view check, std::optional<std::string> problem) {
  const std::lock_guard lock{mutex_};
  const auto found = checks_.find(check);
  assert(found != checks_.end());
  if (found != checks_.end()) found->second = std::move(problem);
}

std::vector<std::string> Readiness::problems() const {
  const std::lock_guard lock{mutex_};
  std::vector<std::string> lines;
  for (const auto& [check, problem] : checks_) {
    if (problem) lines.push_back(check + ": " + *problem);
  }
  return lines;
}

}  // namespace telemetry
