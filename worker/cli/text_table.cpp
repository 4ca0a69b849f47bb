#include "cli/text_table.hpp"

#include <algorithm>

#include "contact/utf8.hpp"

namespace cli {
namespace {

std::size_t width_of(const std::string& text) { return contact::count_code_points(text).value_or(text.size()); }

}  // namespace

std::string text_table(const std::vector<std::vector<std::string>>& rows, std::size_t left, std::size_t indent) {
  std::vector<std::size_t> widths;
  for (const auto& row : rows) {
    widths.resize(std::max(widths.size(), row.size()));
    for (std::size_t i = 0; i < row.size(); ++i) widths[i] = std::max(widths[i], width_of(row[i]));
  }
  std::string text;
  for (const auto& row : rows) {
    std::string line(indent, ' ');
    for (std::size_t i = 0; i < row.size(); ++i) {
      const std::string padding(widths[i] - width_of(row[i]), ' ');
      if (i > 0) line += "  ";
      line += i < left ? row[i] + padding : padding + row[i];
    }
    line.erase(line.find_last_not_of(' ') + 1);
    text += line + "\n";
  }
  return text;
}

}  // namespace cli
