#pragma once

#include <cstddef>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "cli/table_reader.hpp"

namespace cli {

/// Rows of a CSV file whose first line names the columns. Values keep their blanks.
class CsvRows final : public Rows {
 public:
  /// Reads the header. `begin` is what the file begins with, to find the delimiter in.
  static FromInput<std::unique_ptr<CsvRows>> open(LineReader lines, std::string_view begin,
                                                  std::optional<char> delimiter);

  CsvRows(LineReader lines, char delimiter);
  ~CsvRows() override;

  FromInput<std::optional<Row>> next() override;
  const std::vector<std::string>& header() const override { return columns_; }

 private:
  struct Parser;

  FromInput<bool> next_record();
  FromInput<void> feed(std::string_view piece);
  FromInput<void> read_header();
  std::string_view value(std::size_t index) const;
  InputFault wrong_width() const;

  LineReader lines_;
  std::unique_ptr<Parser> parser_;
  std::vector<std::string> columns_;
  std::vector<contact::Attribute> cells_;
  std::uint64_t number_ = 0;
  std::uint64_t line_ = 0;
};

}  // namespace cli
