#pragma once

#include <string>
#include <vector>

namespace cli {

/// Cells in columns as wide as they need, for people: the first `left` columns flush left, the others flush right.
///
/// Lines begin with `indent` blanks and end with a line break. Units of width: code points.
std::string text_table(const std::vector<std::vector<std::string>>& rows, std::size_t left, std::size_t indent = 2);

}  // namespace cli
