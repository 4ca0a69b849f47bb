#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

#include "sandbox/core/activity.hpp"
#include "sandbox/core/knobs.hpp"

namespace sandbox {

// What the vendor asks of one row (fact sheet 1.2, 3.6 and 7.4). Pure.

constexpr std::string_view custom_prefix = "cf:";
constexpr std::size_t max_custom_fields = 25;

/// A dot-atom, an @ and a domain of at least two labels; of a canonical address.
bool is_address(std::string_view email, const Knobs& knobs);

/// The most characters that this field of an import may have; none where the import does not know the field.
std::optional<std::size_t> max_length(std::string_view field, bool csv, const Knobs& knobs);

/// Characters of UTF-8, not bytes.
std::size_t length_of(std::string_view text);
std::string shortened(std::string_view text, std::size_t length);

/// The name of the date that is wrong; else empty.
std::string_view wrong_date(const Row& row);
/// Whether this field is part of a date.
bool is_date_field(std::string_view field);

std::string_view value_of(const Row& row, std::string_view field);
std::size_t custom_fields_of(const Row& row);

}  // namespace sandbox
