#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace sandbox {

struct Part {
  std::string name;
  std::optional<std::string> file_name;
  std::string_view content;  ///< Within the body that was read.
  bool cut = false;          ///< The body ended before the part did.
};

/// Parts of a multipart/form-data body, in order; a body without its closing boundary ends with a cut part.
std::vector<Part> read_multipart(std::string_view body, std::string_view boundary);

/// The boundary that a Content-Type names; none if it is not multipart/form-data or names none.
std::optional<std::string> boundary_of(std::string_view content_type);

}  // namespace sandbox
