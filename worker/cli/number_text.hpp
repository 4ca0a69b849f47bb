#pragma once

#include <cstdint>
#include <string>

namespace cli {

/// "1,234,567"
std::string with_thousands(std::uint64_t number);

}  // namespace cli
