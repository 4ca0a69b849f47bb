#pragma once

#include "delivery/claim_context.hpp"
#include "delivery/journal_state.hpp"

namespace delivery {

/// When an intent that an earlier life left without an answer may be looked up: counted from the last sign of the
/// owner that wrote it, so that another take-over does not start it anew.
run::UtcTime settles_at(const JournalState& journal, const run::BatchState& batch, run::UtcTime now,
                        const Settings& settings);

/// An unfinished run as the journal knows it; the outbox gives the rest unless its index was journalled.
RunHandle restored_run(const run::RunState& state, const JournalState& journal, run::UtcTime now,
                       const Settings& settings);

/// Fills the claim's book and lines from the journal.
void restore(ClaimContext& context, const JournalState& journal);

}  // namespace delivery
