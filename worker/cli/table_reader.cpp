#include "cli/table_reader.hpp"

#include <string_view>
#include <unordered_set>
#include <utility>

#include "cli/csv_rows.hpp"
#include "cli/json_rows.hpp"

namespace cli {
namespace {

constexpr std::string_view byte_order_mark = "\xef\xbb\xbf";

bool is_utf16(std::string_view begin) {
  if (begin.starts_with("\xff\xfe") || begin.starts_with("\xfe\xff")) return true;
  return begin.substr(0, 4).find('\0') != std::string_view::npos;
}

std::string_view without_blanks(std::string_view text) {
  const auto first = text.find_first_not_of(" \t\r\n");
  return first == std::string_view::npos ? std::string_view{} : text.substr(first);
}

bool is_json_array(std::string_view begin) {
  begin = without_blanks(begin);
  return begin.starts_with('[') && without_blanks(begin.substr(1)).starts_with('{');
}

}  // namespace

TableReader::TableReader(std::unique_ptr<ByteSource> source, TableOptions options)
    : source_{std::move(source)}, options_{options} {}

FromInput<TableReader> TableReader::open(const std::string& path, TableOptions options) {
  auto source = ByteSource::open(path);
  if (!source) return source.error();
  return of_source(std::move(*source), options);
}

FromInput<TableReader> TableReader::of_source(ByteSource source, TableOptions options) {
  TableReader reader{std::make_unique<ByteSource>(std::move(source)), options};
  if (const auto started = reader.start(); !started) return started.error();
  return reader;
}

FromInput<void> TableReader::start() {
  LineReader lines{*source_};
  const auto begin = lines.peek();
  if (!begin) return begin.error();
  std::string_view text = *begin;
  if (is_utf16(text)) {
    return lines.fault(0, "is UTF-16, not UTF-8", "convert it: iconv -f UTF-16 -t UTF-8 FILE > UTF8_FILE");
  }
  if (text.starts_with(byte_order_mark)) {
    text.remove_prefix(byte_order_mark.size());
    lines.skip(byte_order_mark.size());
  }
  if (without_blanks(text).empty()) {
    return lines.fault(0, "is empty", "for a segment without members, give a CSV file that has only its header");
  }
  if (is_json_array(text)) {
    return lines.fault(0, "is a JSON array, not JSON lines", "convert it: jq -c '.[]' FILE > LINES_FILE");
  }
  const bool has_object = without_blanks(text).starts_with('{');
  const bool json =
      options_.format == TableFormat::json_lines || (options_.format == TableFormat::detect && has_object);
  if (json) {
    rows_ = std::make_unique<JsonRows>(std::move(lines));
    return {};
  }
  auto rows = CsvRows::open(std::move(lines), text, options_.delimiter);
  if (!rows) return rows.error();
  rows_ = std::move(*rows);
  return {};
}

FromInput<TableSummary> TableReader::check(const Objection& objection) {
  TableSummary summary{.columns = rows_->header()};
  const bool collect = summary.columns.empty();
  std::unordered_set<std::string_view> names;
  // The set looks into the vector's strings, so these may not move.
  summary.columns.reserve(max_columns);
  for (;;) {
    const auto row = next();
    if (!row) return row.error();
    if (!*row) break;
    ++summary.rows;
    if (auto problem = objection ? objection(**row) : std::nullopt) {
      return InputFault{.file = source_->name(), .line = (*row)->line, .problem = std::move(*problem)};
    }
    if (!collect) continue;
    for (const contact::Attribute& cell : (*row)->cells) {
      if (names.contains(cell.name)) continue;
      if (names.size() == max_columns) {
        return InputFault{.file = source_->name(),
                          .line = (*row)->line,
                          .problem = "brings more than 1,000 different names",
                          .remedy = "a name must be that of an attribute, never data"};
      }
      names.insert(summary.columns.emplace_back(cell.name));
    }
  }
  if (const auto rewound = source_->rewind(); !rewound) return rewound.error();
  if (const auto started = start(); !started) return started.error();
  return summary;
}

}  // namespace cli
