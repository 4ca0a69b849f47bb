#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "sandbox/core/http.hpp"

namespace sandbox {

/// Value of the first header of this name, whatever its letter case; else empty.
std::string_view header(const Request& request, std::string_view name);
/// Content-Type in lower case, parameters included.
std::string media_type(const Request& request);
std::string lower(std::string_view text);
std::string_view trim(std::string_view text);
std::vector<std::string_view> split(std::string_view text, char separator);

/// Names and values of application/x-www-form-urlencoded; what is malformed is left out.
std::map<std::string, std::string> read_form(std::string_view body);

/// Path of a target and its query.
struct Target {
  std::string path;
  std::map<std::string, std::string> query;
};
/// None where the target is not a path.
std::optional<Target> read_target(std::string_view target);

/// A whole number within the bounds; `fallback` where the query does not name it; none where it is no such number.
std::optional<std::size_t> number_within(const std::map<std::string, std::string>& query, const std::string& name,
                                         std::size_t fallback, std::size_t least, std::size_t most);

}  // namespace sandbox
