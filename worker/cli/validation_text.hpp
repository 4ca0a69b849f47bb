#pragma once

#include <string>

#include <boost/json/object.hpp>

#include "cli/validation.hpp"

namespace cli {

/// For people: each run and what would come of it, then the records that cannot be used.
std::string validation_text(const Validation& validation);

/// For programs, on one line.
boost::json::object validation_json(const Validation& validation);

}  // namespace cli
