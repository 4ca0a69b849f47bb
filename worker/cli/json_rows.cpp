#include "cli/json_rows.hpp"

#include <algorithm>
#include <cstdint>
#include <limits>
#include <string>
#include <utility>

#include <boost/json/basic_parser_impl.hpp>

namespace cli {
namespace {

using boost::system::error_code;

/// Collects the members of one flat object; the text of a number is kept, which a parsed one would have lost.
struct Handler {
  static constexpr std::size_t max_object_size = std::numeric_limits<std::size_t>::max();
  static constexpr std::size_t max_array_size = std::numeric_limits<std::size_t>::max();
  static constexpr std::size_t max_key_size = std::numeric_limits<std::size_t>::max();
  static constexpr std::size_t max_string_size = std::numeric_limits<std::size_t>::max();

  struct Cell {
    std::size_t name;
    std::size_t value;
    std::size_t end;
  };

  std::string text;
  std::vector<Cell> cells;
  std::string_view problem;
  bool in_object = false;
  bool in_name = false;

  void clear() {
    text.clear();
    cells.clear();
    problem = {};
    in_object = false;
    in_name = false;
  }

  std::string_view name(const Cell& cell) const {
    return std::string_view{text}.substr(cell.name, cell.value - cell.name);
  }
  std::string_view value(const Cell& cell) const {
    return std::string_view{text}.substr(cell.value, cell.end - cell.value);
  }

  bool refuse(std::string_view what, error_code& error) {
    problem = what;
    error = boost::json::error::syntax;
    return false;
  }
  bool nested(error_code& error) { return refuse("a value is an object or an array", error); }
  bool no_object(error_code& error) { return refuse("is not a JSON object", error); }

  bool add(std::string_view part) {
    text.append(part);
    return true;
  }
  bool add_value(std::string_view last_part, error_code& error) {
    if (!in_object) return no_object(error);
    text.append(last_part);
    cells.back().end = text.size();
    return true;
  }

  bool on_document_begin(error_code&) { return true; }
  bool on_document_end(error_code&) { return true; }
  bool on_object_begin(error_code& error) {
    if (in_object) return nested(error);
    in_object = true;
    return true;
  }
  bool on_object_end(std::size_t, error_code&) { return true; }
  bool on_array_begin(error_code& error) { return in_object ? nested(error) : no_object(error); }
  bool on_array_end(std::size_t, error_code&) { return true; }

  bool on_key_part(std::string_view part, std::size_t, error_code&) {
    if (!std::exchange(in_name, true)) cells.push_back({text.size(), 0, 0});
    return add(part);
  }
  bool on_key(std::string_view part, std::size_t size, error_code& error) {
    on_key_part(part, size, error);
    in_name = false;
    Cell& cell = cells.back();
    cell.value = text.size();
    cell.end = cell.value;
    if (cells.size() > max_columns) return refuse("has more than 1,000 names", error);
    const auto same = [&](const Cell& other) { return name(other) == name(cell); };
    if (std::any_of(cells.begin(), cells.end() - 1, same)) return refuse("has one name twice", error);
    return true;
  }
  bool on_string_part(std::string_view part, std::size_t, error_code&) { return add(part); }
  bool on_string(std::string_view part, std::size_t, error_code& error) { return add_value(part, error); }
  bool on_number_part(std::string_view part, error_code&) { return add(part); }
  bool on_int64(std::int64_t, std::string_view part, error_code& error) { return add_value(part, error); }
  bool on_uint64(std::uint64_t, std::string_view part, error_code& error) { return add_value(part, error); }
  bool on_double(double, std::string_view part, error_code& error) { return add_value(part, error); }
  bool on_bool(bool value, error_code& error) { return add_value(value ? "true" : "false", error); }
  bool on_null(error_code& error) { return add_value("", error); }
  bool on_comment_part(std::string_view, error_code&) { return true; }
  bool on_comment(std::string_view, error_code&) { return true; }
};

boost::json::parse_options options() {
  boost::json::parse_options options;
  options.allow_invalid_utf8 = true;
  return options;
}

constexpr std::string_view remedy = "each line must be one object of text, numbers, true, false and null: jq -c . FILE";

}  // namespace

struct JsonRows::Parser {
  boost::json::basic_parser<Handler> json{options()};
  std::vector<contact::Attribute> cells;
};

JsonRows::JsonRows(LineReader lines) : lines_{std::move(lines)}, parser_{std::make_unique<Parser>()} {}

JsonRows::~JsonRows() = default;

FromInput<std::optional<Row>> JsonRows::next() {
  for (;;) {
    const auto piece = lines_.next("\n");
    if (!piece) return piece.error();
    if (!*piece) return std::optional<Row>{};
    const std::string_view line = **piece;
    if (line.find_first_not_of(" \t\r\n") == std::string_view::npos) continue;

    Handler& handler = parser_->json.handler();
    handler.clear();
    parser_->json.reset();
    error_code error;
    const std::size_t parsed = parser_->json.write_some(false, line.data(), line.size(), error);
    if (error || parsed != line.size()) {
      const std::string where = "is not valid JSON at character " + std::to_string(parsed + 1);
      return lines_.fault(lines_.line(), handler.problem.empty() ? where : std::string{handler.problem},
                          std::string{remedy});
    }
    parser_->cells.clear();
    for (const Handler::Cell& cell : handler.cells) parser_->cells.push_back({handler.name(cell), handler.value(cell)});
    return std::optional<Row>{Row{.number = ++number_, .line = lines_.line(), .cells = parser_->cells}};
  }
}

}  // namespace cli
