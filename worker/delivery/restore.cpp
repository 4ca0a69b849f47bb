#include "delivery/restore.hpp"

#include <memory>

namespace delivery {

run::UtcTime settles_at(const JournalState& journal, const run::BatchState& batch, run::UtcTime now,
                        const Settings& settings) {
  const auto over = journal.requests_over(batch.claim_id, settings.handover_margin);
  return over.value_or(now + settings.request_timeout + settings.handover_margin) + settings.settle;
}

RunHandle restored_run(const run::RunState& state, const JournalState& journal, run::UtcTime now,
                       const Settings& settings) {
  auto run = std::make_shared<Run>(state.instance);
  if (state.index) run->chain = RunChain{*state.index, state.opened_at_offset};
  run->state = state;
  run->first_offset = state.opened_at_offset;
  for (const auto& batch : journal.batches(state.instance)) {
    Batch restored;
    restored.state = batch;
    if (batch.phase == run::BatchPhase::intent) restored.settles_at = settles_at(journal, batch, now, settings);
    run->batches.push_back(std::move(restored));
  }
  return run;
}

void restore(ClaimContext& context, const JournalState& journal) {
  const auto now = context.writer.now();
  for (const auto& state : journal.runs()) {
    if (state.finished) {
      context.book.restore_finished(state);
    } else {
      context.book.restore(restored_run(state, journal, now, context.settings));
    }
  }
  context.lines.restore(journal);
}

}  // namespace delivery
