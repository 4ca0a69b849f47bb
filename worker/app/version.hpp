#pragma once

#include <string_view>

namespace app {

/// Of this program.
std::string_view version();

}  // namespace app
