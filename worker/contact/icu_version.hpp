#pragma once

#include <string>

namespace contact {

/// Of the library in use, whose tables decide about domains outside ASCII.
std::string icu_version();

}  // namespace contact
