#include "delivery/resolve_rules.hpp"

#include <utility>

#include "delivery/poll_rules.hpp"

namespace delivery {

run::BatchState absent_batch(run::BatchState batch, Names names, run::UtcTime now) {
  if (names == Names::not_proven && batch.possible_duplicate) {
    return unknown_batch(std::move(batch), "no answer says whether the vendor took it", now);
  }
  batch.phase = run::BatchPhase::absent;
  batch.possible_duplicate = true;
  return batch;
}

run::BatchState adopted_batch(run::BatchState batch, const Activity& activity, run::UtcTime now) {
  batch.phase = run::BatchPhase::submitted;
  batch.activity_id = activity.id;
  batch.submitted_at = now;
  return batch;
}

bool is_past_finding(const run::BatchState& batch, run::UtcTime run_deadline, run::UtcTime now,
                     const Settings& settings) {
  return now >= run_deadline && now >= batch.intent_at + settings.activity_deadline;
}

}  // namespace delivery
