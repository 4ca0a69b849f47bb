#pragma once

#include <string>

#include "sandbox/core/http.hpp"

namespace sandbox {

/// "2026-03-01".
std::string day_text(Time time);
/// "2026-03-01T09:00:00.000Z".
std::string time_text(Time time);
/// "Sun, 01 Mar 2026 09:00:00 GMT".
std::string http_date(Time time);

}  // namespace sandbox
