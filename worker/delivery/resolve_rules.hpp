#pragma once

#include <string>
#include <vector>

#include "delivery/contact_api.hpp"
#include "delivery/settings.hpp"
#include "run/journal.hpp"

namespace delivery {

/// Whether the vendor lists an account's imports under the names that we gave them.
enum class Names : std::uint8_t { not_proven, shown };

/// The batch once two look-ups have not found it: to be sent as the next attempt, or, where names prove nothing and it
/// was sent twice already, given up as unknown.
run::BatchState absent_batch(run::BatchState batch, Names names, run::UtcTime now);

/// The batch that the vendor turned out to have.
run::BatchState adopted_batch(run::BatchState batch, const Activity& activity, run::UtcTime now);

/// Whether nobody can be asked about the batch any more.
bool is_past_finding(const run::BatchState& batch, run::UtcTime run_deadline, run::UtcTime now,
                     const Settings& settings);

}  // namespace delivery
