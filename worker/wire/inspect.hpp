#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "wire/unreadable.hpp"

namespace wire {

enum class Topic : std::uint8_t { exports, control, decided, deliveries, credentials, results, rejects };
enum class PersonalData : std::uint8_t { hidden, shown };

/// A record of one of our topics as one line of JSON, for people.
///
/// Hidden personal data is replaced by its length in bytes ("12 bytes"): addresses, attribute and field values, profile
/// ids, raw payloads. Token material is never shown.
Result<std::string> to_json(Topic topic, std::string_view payload, PersonalData personal_data);

}  // namespace wire
