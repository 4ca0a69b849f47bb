#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "cli/byte_source.hpp"
#include "cli/input_fault.hpp"
#include "cli/line_reader.hpp"
#include "contact/mapping.hpp"

namespace cli {

/// Nobody's profile has more; a file that seems to is not a table.
inline constexpr std::size_t max_columns = 1'000;

/// One record of a file as it stands there: views that live until the next one is read.
struct Row {
  std::uint64_t number = 0;  ///< Of the record, from 1; a header does not count.
  std::uint64_t line = 0;    ///< Where the record begins.
  std::span<const contact::Attribute> cells;
};

/// The records of one format, pulled one by one. CSV: csv_rows.hpp; JSON lines: json_rows.hpp.
class Rows {
 public:
  virtual ~Rows() = default;

  /// None at the end.
  virtual FromInput<std::optional<Row>> next() = 0;

  /// The names a header gives; empty if the format has none.
  virtual const std::vector<std::string>& header() const = 0;
};

enum class TableFormat : std::uint8_t { detect, csv, json_lines };

struct TableOptions {
  TableFormat format = TableFormat::detect;
  std::optional<char> delimiter{};  ///< Of CSV; none: whichever of `,` and `;` the header has.
};

struct TableSummary {
  std::uint64_t rows = 0;
  std::vector<std::string> columns{};  ///< The header, or every name that any object has, in order of appearance.
};

/// Streams the rows of a CSV or JSON-lines file, packed with gzip or not, from a file or standard input (`-`), in
/// constant memory.
///
/// `check` first, so that nothing is published of a file whose last line is broken; then `next` until it gives none.
/// Blank lines are no rows. A CSV file that has only a header is a table without rows; an empty file is a fault.
class TableReader {
 public:
  static FromInput<TableReader> open(const std::string& path, TableOptions options = {});
  static FromInput<TableReader> of_source(ByteSource source, TableOptions options = {});

  /// Why a row cannot be used; none if it can.
  using Objection = std::function<std::optional<std::string>(const Row&)>;

  /// Reads all of it and goes back to the first row.
  FromInput<TableSummary> check(const Objection& objection = {});

  /// None at the end.
  FromInput<std::optional<Row>> next() { return rows_->next(); }

 private:
  TableReader(std::unique_ptr<ByteSource> source, TableOptions options);
  FromInput<void> start();

  std::unique_ptr<ByteSource> source_;  ///< Where it is does not change, since the rows refer to it.
  TableOptions options_;
  std::unique_ptr<Rows> rows_;
};

}  // namespace cli
