#include "delivery/poll_rules.hpp"

#include <algorithm>
#include <string_view>
#include <utility>

#include "delivery/accounting.hpp"

namespace delivery {
namespace {

std::string_view name(ActivityState state) {
  switch (state) {
    case ActivityState::initialized:
      return "initialized";
    case ActivityState::processing:
      return "processing";
    case ActivityState::completed:
      return "completed";
    case ActivityState::cancelled:
      return "cancelled";
    case ActivityState::failed:
      return "failed";
    case ActivityState::timed_out:
      return "timed_out";
    case ActivityState::unknown:
      return "unknown";
  }
  return "unknown";
}

}  // namespace

std::chrono::milliseconds poll_pause(const PollFacts& facts, const Settings& settings) {
  auto pause = settings.poll_first;
  for (unsigned look = 0; look < facts.looks && pause < settings.poll_longest; ++look) pause *= 2;
  pause = std::min(pause, settings.poll_longest);
  if (!facts.only_reserve) return pause;
  const auto calls = std::max<std::uint32_t>(facts.calls_left, 1);
  return std::max(pause, facts.left_in_day * static_cast<std::int64_t>(facts.accounts) / calls);
}

Followed follow(const run::BatchState& batch, const std::optional<Activity>& activity, bool looked,
                run::UtcTime run_deadline, run::UtcTime now, const Settings& settings) {
  if (activity && has_ended(activity->state)) return Followed::ended;
  // As long as the run has time, an account that cannot be asked may become one that can.
  const bool last_word = looked || now >= run_deadline;
  return last_word && now >= batch.submitted_at + settings.activity_deadline ? Followed::given_up : Followed::goes_on;
}

run::BatchState ended_batch(run::BatchState batch, const Activity& activity, run::UtcTime now) {
  auto counted = account(activity, batch.rows);
  batch.phase = run::BatchPhase::ended;
  batch.counts = counted.counts;
  batch.reason = counted.warning;
  batch.detail = std::move(counted.detail);
  batch.activity_state = std::string{name(activity.state)};
  batch.ended_at = now;
  return batch;
}

run::BatchState unknown_batch(run::BatchState batch, std::string detail, run::UtcTime now) {
  batch.phase = run::BatchPhase::ended;
  batch.counts = {};
  batch.counts.unknown = batch.rows;
  batch.reason = run::Reason::counters_missing;
  batch.detail = std::move(detail);
  batch.ended_at = now;
  return batch;
}

}  // namespace delivery
