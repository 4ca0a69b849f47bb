#pragma once

#include "sandbox/core/world.hpp"

namespace sandbox {

/// Queues the job behind those of its account and says when it will begin and end.
Activity& enqueue(World& world, Account& account, Activity activity, Time now);

/// Brings every activity to where it is at this time; those that ended are carried out in the order of their ends.
void advance(World& world, Time now);

bool has_ended(const Activity& activity);
std::size_t unfinished(const Account& account);
int percent_done(const Activity& activity, Time now);

}  // namespace sandbox
