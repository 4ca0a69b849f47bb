#pragma once

#include <string>
#include <string_view>

#include <boost/json/value.hpp>

#include "sandbox/core/world.hpp"

namespace sandbox {

/// Adds what the JSON names, or changes what is there already; the text of the mistake, or empty.
std::string seed(World& world, const boost::json::value& what, Time now);

/// What the vendor makes of a custom field's label.
std::string name_of_label(std::string_view label);

}  // namespace sandbox
