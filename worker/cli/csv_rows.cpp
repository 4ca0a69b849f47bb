#include "cli/csv_rows.hpp"

#include <algorithm>
#include <new>
#include <utility>

#include <csv.h>

#include "contact/email_address.hpp"
#include "contact/utf8.hpp"

namespace cli {
namespace {

constexpr std::string_view line_ends = "\r\n";

/// The delimiter that the header line has outside of quotes; none if it has both equally often.
std::optional<char> find_delimiter(std::string_view begin) {
  std::size_t commas = 0;
  std::size_t semicolons = 0;
  bool quoted = false;
  begin.remove_prefix(std::min(begin.find_first_not_of(line_ends), begin.size()));
  for (const char c : begin) {
    if (c == '"') quoted = !quoted;
    if (quoted) continue;
    if (line_ends.find(c) != std::string_view::npos) break;
    if (c == ',') ++commas;
    if (c == ';') ++semicolons;
  }
  if (commas == semicolons && commas > 0) return std::nullopt;
  return semicolons > commas ? ';' : ',';
}

}  // namespace

/// libcsv, and the record that it has built so far.
struct CsvRows::Parser {
  explicit Parser(char delimiter) {
    if (csv_init(&csv, CSV_STRICT | CSV_STRICT_FINI) != 0) throw std::bad_alloc{};
    csv_set_delim(&csv, static_cast<unsigned char>(delimiter));
    // It grows by this much at a time: with its own 128 bytes a value of 10 MB would be copied 80,000 times.
    csv_set_blk_size(&csv, 1U << 20U);
    // Else blanks at the ends of a value would be dropped.
    csv_set_space_func(&csv, [](unsigned char) { return 0; });
  }
  Parser(const Parser&) = delete;
  Parser& operator=(const Parser&) = delete;
  ~Parser() { csv_free(&csv); }

  static void on_field(void* bytes, size_t size, void* self) {
    auto& parser = *static_cast<Parser*>(self);
    parser.text.append(static_cast<const char*>(bytes), size);
    parser.ends.push_back(parser.text.size());
  }
  static void on_record(int, void* self) { static_cast<Parser*>(self)->complete = true; }

  std::size_t parse(std::string_view piece) {
    return csv_parse(&csv, piece.data(), piece.size(), on_field, on_record, this);
  }
  bool finish() { return csv_fini(&csv, on_field, on_record, this) == 0; }

  void clear() {
    text.clear();
    ends.clear();
    complete = false;
    bytes = 0;
  }

  csv_parser csv{};
  std::string text;
  std::vector<std::size_t> ends;
  bool complete = false;
  std::size_t bytes = 0;  ///< Of the record as it stands in the file.
};

CsvRows::CsvRows(LineReader lines, char delimiter)
    : lines_{std::move(lines)}, parser_{std::make_unique<Parser>(delimiter)} {}

CsvRows::~CsvRows() = default;

FromInput<std::unique_ptr<CsvRows>> CsvRows::open(LineReader lines, std::string_view begin,
                                                  std::optional<char> delimiter) {
  if (!delimiter) delimiter = find_delimiter(begin);
  if (!delimiter) {
    return lines.fault(1, "has as many commas as semicolons, so either may divide its columns", "say which one does");
  }
  auto rows = std::make_unique<CsvRows>(std::move(lines), *delimiter);
  if (const auto read = rows->read_header(); !read) return read.error();
  return rows;
}

FromInput<void> CsvRows::read_header() {
  if (const auto read = next_record(); !read) return read.error();
  const std::size_t count = parser_->ends.size();
  if (count > max_columns) return lines_.fault(line_, "names more than 1,000 columns", "is this a table?");
  for (std::size_t i = 0; i < count; ++i) {
    const std::string_view name = value(i);
    const std::string column = "column " + std::to_string(i + 1);
    if (name.empty()) return lines_.fault(line_, column + " has no name", "name every column");
    if (!contact::is_valid_utf8(name)) {
      return lines_.fault(line_, "the name of " + column + " is not UTF-8",
                          "convert the file: iconv -f WINDOWS-1252 -t UTF-8 FILE > UTF8_FILE");
    }
    if (contact::EmailAddress::parse(name)) {
      return lines_.fault(line_, column + " is named by an address, so this seems to be a row",
                          "put a line with the columns' names above it");
    }
    const auto same = std::ranges::find(columns_, name);
    if (same != columns_.end()) {
      const std::string first = std::to_string(same - columns_.begin() + 1);
      return lines_.fault(line_, "columns " + first + " and " + std::to_string(i + 1) + " have the same name",
                          "rename one");
    }
    columns_.emplace_back(name);
  }
  return {};
}

FromInput<std::optional<Row>> CsvRows::next() {
  const auto read = next_record();
  if (!read) return read.error();
  if (!*read) return std::optional<Row>{};
  if (parser_->ends.size() != columns_.size()) return wrong_width();
  cells_.clear();
  for (std::size_t i = 0; i < columns_.size(); ++i) cells_.push_back({columns_[i], value(i)});
  return std::optional<Row>{Row{.number = ++number_, .line = line_, .cells = cells_}};
}

/// False at the end of the file. A piece ends at a line end, so it completes at most one record.
FromInput<bool> CsvRows::next_record() {
  parser_->clear();
  for (;;) {
    const auto piece = lines_.next(line_ends);
    if (!piece) return piece.error();
    if (!*piece) break;
    if (parser_->bytes == 0) {
      if (line_ends.find((*piece)->front()) != std::string_view::npos) continue;
      line_ = lines_.line();
    }
    if (const auto fed = feed(**piece); !fed) return fed.error();
    if (parser_->complete) return true;
  }
  if (!parser_->finish()) {
    return lines_.fault(line_, "a quote is opened and never closed", "close it, or double a quote that is data");
  }
  return parser_->complete;
}

FromInput<void> CsvRows::feed(std::string_view piece) {
  if (piece.find('\0') != std::string_view::npos) {
    return lines_.fault(line_, "holds a zero byte", "save the file as UTF-8 text");
  }
  const std::size_t parsed = parser_->parse(piece);
  parser_->bytes += piece.size();
  if (csv_error(&parser_->csv) == CSV_ENOMEM) throw std::bad_alloc{};
  if (parsed != piece.size()) {
    const bool at_quote = piece[parsed] == '"';
    return lines_.fault(line_,
                        at_quote ? "a quote stands inside a value without quotes" : "text follows a closing quote",
                        "put the whole value in quotes and double the quotes inside it");
  }
  if (parser_->bytes > max_record_bytes) {
    return lines_.fault(line_, "the row that begins here is longer than 10 MB", "look for a quote that is not closed");
  }
  return {};
}

std::string_view CsvRows::value(std::size_t index) const {
  const std::size_t begin = index == 0 ? 0 : parser_->ends[index - 1];
  return std::string_view{parser_->text}.substr(begin, parser_->ends[index] - begin);
}

InputFault CsvRows::wrong_width() const {
  return lines_.fault(line_,
                      "has " + std::to_string(parser_->ends.size()) + " values, the header names " +
                          std::to_string(columns_.size()) + " columns",
                      "put values that hold the delimiter in quotes; leave no value out");
}

}  // namespace cli
