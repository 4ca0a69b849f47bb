#pragma once

#include <array>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "cli/table_reader.hpp"

namespace fuzz {

struct ReadRow {
  std::uint64_t number = 0;
  std::uint64_t line = 0;
  std::vector<std::pair<std::string, std::string>> cells;

  bool operator==(const ReadRow&) const = default;
};

/// A whole table with text of its own, up to the fault that ends it.
struct TableReading {
  std::vector<ReadRow> rows;
  std::string fault;
};

TableReading read_table(std::string_view bytes, cli::TableOptions options);

/// How a file arrives changes nothing, and `check` finds what reading finds.
void require_same_in_pieces(std::string_view bytes, std::array<std::size_t, 2> cuts, cli::TableOptions options,
                            const TableReading& whole);

/// What was read reads equal after `written`; where a row lies may differ.
void require_same_cells(std::string_view written, cli::TableOptions options, const TableReading& before);

}  // namespace fuzz
