#pragma once

#include <cstdint>
#include <map>
#include <string>

namespace app {

/// One line for people: `partition 2<text>; partition 5<text>`. Empty without texts.
std::string by_partition(const std::map<std::int32_t, std::string>& texts);

}  // namespace app
