#pragma once

#include <cstddef>
#include <optional>
#include <string>

#include "http/transport.hpp"

namespace http {

/// A request line and headers as they are sent, with the blank line at their end.
///
/// None where the method, the target or a header holds what could end a line early.
std::optional<std::string> write_head(const Request& request, const std::string& authority,
                                      const std::string& user_agent);

std::size_t body_bytes(const Request& request);

}  // namespace http
