#pragma once

#include <cstddef>
#include <optional>
#include <string>

#include "config/text_value.hpp"

namespace config {

/// The bytes of a file that may not be longer than `max_bytes`; the reason never holds the path or a byte of it.
Parsed<std::string> file_content(const std::string& path, std::size_t max_bytes);

/// Why the file cannot be read; none if it can.
std::optional<Unfit> unreadable(const std::string& path);

}  // namespace config
