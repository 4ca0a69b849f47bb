#pragma once

#include <optional>
#include <vector>

#include "delivery/account_batches.hpp"
#include "delivery/claim_context.hpp"

namespace delivery {

/// Gives the run a new status: journalled and published in one unit.
void publish(ClaimContext& context, Run& run, run::RunStatus status, run::ReasonNote reason,
             std::optional<run::UtcTime> next_look_at = std::nullopt);

/// The run's end is decided. Nothing new is sent for it; open batches are still followed.
void stop(ClaimContext& context, Run& run, run::RunStatus status, run::ReasonNote reason);

/// What an error is for a run: one without a reason of its own came from the brokers.
run::Reason reason_of(const Error& error);

/// Leaves the run alone for a while because of `error`; longer each time.
void park(ClaimContext& context, Run& run, const Error& error);

/// The vendor does not tell about the batches; it is asked again at `next_look`.
void unanswered(ClaimContext& context, const std::vector<BatchHandle>& batches, const Error& error,
                run::UtcTime next_look);
/// It does again.
void answered(ClaimContext& context, const std::vector<BatchHandle>& batches);

/// Journals the run as it now is; nothing is published.
void note(ClaimContext& context, const Run& run);

/// Journals a batch whose answer is known now, and the run with it; a run that goes on publishes its progress.
void journal(ClaimContext& context, Run& run, const run::BatchState& batch);

}  // namespace delivery
