#pragma once

#include <string>
#include <string_view>

namespace cli {

/// What follows a command's options in its help.
std::string command_footer(std::string_view examples);

}  // namespace cli
