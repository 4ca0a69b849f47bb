#include "delivery/import_rules.hpp"

#include <utility>

namespace delivery {

AfterImport after_import(NextStep next_step, ImportSoFar so_far) {
  if (so_far.claim_over) return AfterImport::over;
  const auto repeat = so_far.may_repeat ? AfterImport::again : AfterImport::put_back;
  switch (next_step) {
    case NextStep::retry:
    case NextStep::stop:  // The lease had lapsed for a moment; a request that is not permitted is never a complete one.
      return repeat;
    case NextStep::refresh_token:
      return so_far.token_was_refused ? AfterImport::put_back : repeat;
    case NextStep::look_up:
      return AfterImport::look_up;
    case NextStep::wait_until:
    case NextStep::park:
      return AfterImport::put_back;
    case NextStep::split:
      return AfterImport::refused;
    case NextStep::reject:
      return AfterImport::run_ends;
  }
  return AfterImport::look_up;
}

run::BatchState refused_batch(run::BatchState batch, const Error& error, run::UtcTime now) {
  batch.phase = run::BatchPhase::refused;
  // An attempt before this one may have been taken.
  if (batch.possible_duplicate) {
    batch.counts.unknown = batch.rows;
  } else {
    batch.counts.failed = batch.rows;
  }
  batch.reason = error.reason == run::Reason::none ? run::Reason::import_refused : error.reason;
  batch.detail = error.detail;
  batch.ended_at = now;
  return batch;
}

}  // namespace delivery
