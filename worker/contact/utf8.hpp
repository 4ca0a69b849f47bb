#pragma once

#include <cstddef>
#include <optional>
#include <string_view>

namespace contact {

bool is_ascii(std::string_view text);

/// ASCII without control characters; the blank is printable.
bool is_printable_ascii(std::string_view text);

/// Strict: no overlong form, no surrogate, nothing above U+10FFFF, nothing cut off. None if that is broken.
std::optional<std::size_t> count_code_points(std::string_view text);

bool is_valid_utf8(std::string_view text);

}  // namespace contact
