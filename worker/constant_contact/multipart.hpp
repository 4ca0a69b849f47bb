#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "run/ids.hpp"

namespace constant_contact {

/// The frame around a CSV body in a file import: `multipart/form-data` with the parts `list_ids` and `file`.
struct Multipart {
  std::string content_type;  ///< With the boundary.
  std::string before;        ///< What goes before the CSV bytes,
  std::string after;         ///< and after them.
};

/// The boundary is made of the file name, which no row can hold: it is the hash of the rows' positions.
Multipart frame_of(std::string_view file_name, const std::vector<run::ListId>& list_ids);

}  // namespace constant_contact
