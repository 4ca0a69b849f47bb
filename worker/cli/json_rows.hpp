#pragma once

#include <memory>
#include <optional>
#include <string_view>
#include <vector>

#include "cli/table_reader.hpp"

namespace cli {

/// Rows of a file with one JSON object a line. Numbers stay as they are written, null is an empty value; what is not
/// UTF-8 stays, to be judged where each member is.
class JsonRows final : public Rows {
 public:
  explicit JsonRows(LineReader lines);
  ~JsonRows() override;

  FromInput<std::optional<Row>> next() override;
  const std::vector<std::string>& header() const override { return no_header_; }

 private:
  struct Parser;

  LineReader lines_;
  std::unique_ptr<Parser> parser_;
  std::vector<std::string> no_header_;
  std::uint64_t number_ = 0;
};

}  // namespace cli
