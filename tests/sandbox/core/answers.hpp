#pragma once

#include <string>
#include <string_view>

#include <boost/json/value.hpp>

#include "sandbox/core/http.hpp"

namespace sandbox {

// The shapes of fact sheet 4.1.

Response json_answer(unsigned status, const boost::json::value& body);
/// Shape A: an array of one error.
Response error_list(unsigned status, std::string_view key, std::string_view message);
/// Shapes B and C: one error.
Response error_object(unsigned status, std::string_view key, std::string_view message);
inline Response validation_error(std::string_view message) {
  return error_list(400, "contacts.api.validation.error", message);
}
inline Response not_found() { return error_list(404, "contacts.api.not_found", "Resource not found"); }

}  // namespace sandbox
