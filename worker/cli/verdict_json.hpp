#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#include <boost/json/object.hpp>

#include "intake/run_decider.hpp"

namespace cli {

enum class Addresses : std::uint8_t { hidden, shown };

/// One data record of a file and what is decided about it. `segment`: only where there are several.
boost::json::object verdict_json(std::uint64_t row, std::optional<std::string_view> segment,
                                 const intake::Decision& decision, Addresses addresses);

}  // namespace cli
