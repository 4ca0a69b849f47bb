#pragma once

#include <memory>
#include <vector>

#include "cli/command.hpp"

namespace cli {

/// Every command but `worker`, in the order of the help.
std::vector<std::unique_ptr<Command>> all_commands();

}  // namespace cli
