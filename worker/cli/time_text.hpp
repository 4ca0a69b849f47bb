#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

#include "run/time.hpp"

namespace cli {

/// RFC 3339 in UTC with milliseconds.
std::string rfc3339(run::UtcTime time);

/// The reverse, in UTC, from a day on: "2026-11-25", "2026-11-25T02:15Z", "2026-11-25T02:15:00.123Z".
std::optional<run::UtcTime> parse_rfc3339(std::string_view text);

/// For people: "2026-11-25 02:15:00 UTC".
std::string date_and_time(run::UtcTime time);

/// For names: "20261125T021500Z".
std::string compact_time(run::UtcTime time);

/// For people: "0.4 s", "12.3 s", "4 min 05 s", "2 h 03 min", "3 d 4 h".
std::string duration_text(std::chrono::milliseconds duration);

}  // namespace cli
