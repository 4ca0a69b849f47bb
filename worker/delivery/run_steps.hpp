#pragma once

#include <optional>

#include "delivery/claim_context.hpp"

namespace delivery {

/// Gives the run a new status: journalled and published in one unit.
void publish(ClaimContext& context, Run& run, run::RunStatus status, run::ReasonNote reason,
             std::optional<run::UtcTime> next_look_at = std::nullopt);

/// The run's end is decided. Nothing new is sent for it; open batches are still followed.
void stop(ClaimContext& context, Run& run, run::RunStatus status, run::ReasonNote reason);

/// Leaves the run alone for a while because of `error`; longer each time.
void park(ClaimContext& context, Run& run, const Error& error);

/// Journals the run as it now is; nothing is published.
void note(ClaimContext& context, const Run& run);

/// Journals a batch whose answer is known now, and the run with it; a run that goes on publishes its progress.
void journal(ClaimContext& context, Run& run, const run::BatchState& batch);

}  // namespace delivery
