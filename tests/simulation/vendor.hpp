#pragma once

#include <cstddef>
#include <string>

#include "sandbox/core/core.hpp"
#include "simulation/plan.hpp"

namespace simulation {

std::string secret_of(const std::string& application);
/// Of the grant with this number that the connection's account has given.
std::string refresh_token_of(const std::string& connection, std::size_t number);

/// Gives the stand-in what the plan's runs want to find there, and what goes wrong with it. Throws on a plan that it
/// does not take.
void set_up_vendor(sandbox::Core& core, const Plan& plan, sandbox::Time now);

/// One more grant of the connection's account, as somebody gives it who signs in.
void add_grant(sandbox::Core& core, const PlannedConnection& connection, std::size_t number, sandbox::Time now);

}  // namespace simulation
