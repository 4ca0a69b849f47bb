#pragma once

#include "sandbox/core/world.hpp"

namespace sandbox {

/// Applies the rows of an import to the account's contacts: the rules and effects of fact sheet 7.4, points 7 to 9.
/// The state is `failed` afterwards where the job as a whole could not be done.
void carry_out(const Knobs& knobs, Account& account, Activity& activity, ImportJob& job);

}  // namespace sandbox
