#include "fuzz/table_reading.hpp"

#include <algorithm>

#include "fuzz/input_file.hpp"

namespace fuzz {
namespace {

void read_rest(cli::TableReader& table, TableReading& reading) {
  for (;;) {
    const auto row = table.next();
    if (!row) {
      reading.fault = row.error().text();
      return;
    }
    if (!*row) return;
    ReadRow& copy = reading.rows.emplace_back(ReadRow{.number = (*row)->number, .line = (*row)->line, .cells = {}});
    for (const auto& cell : (*row)->cells) copy.cells.emplace_back(cell.name, cell.value);
  }
}

}  // namespace

TableReading read_table(std::string_view bytes, cli::TableOptions options) {
  TableReading reading;
  auto table = cli::TableReader::of_source(open_bytes(bytes), options);
  if (table) {
    read_rest(*table, reading);
  } else {
    reading.fault = table.error().text();
  }
  for (std::size_t index = 0; index < reading.rows.size(); ++index) {
    require(reading.rows[index].number == index + 1, "rows are counted from 1");
    require(index == 0 || reading.rows[index].line > reading.rows[index - 1].line, "each row has a line of its own");
  }
  return reading;
}

void require_same_in_pieces(std::string_view bytes, std::array<std::size_t, 2> cuts, cli::TableOptions options,
                            const TableReading& whole) {
  auto table = cli::TableReader::of_source(open_bytes(cut(bytes, cuts)), options);
  if (!table) return require(table.error().text() == whole.fault, "a file in pieces opens as the whole one");
  const auto checked = table->check();
  if (!checked) return require(checked.error().text() == whole.fault, "a check finds the fault of the reading");
  require(whole.fault.empty() && checked->rows == whole.rows.size(), "a check counts the rows");
  TableReading pieces;
  read_rest(*table, pieces);
  require(pieces.fault.empty() && pieces.rows == whole.rows, "a file in pieces reads as the whole one");
  for (const auto& row : pieces.rows) {
    for (const auto& [name, value] : row.cells) {
      require(std::ranges::find(checked->columns, name) != checked->columns.end(), "a check names every column");
    }
  }
}

void require_same_cells(std::string_view written, cli::TableOptions options, const TableReading& before) {
  const auto after = read_table(written, options);
  require(after.fault.empty(), "what we write is readable");
  require(std::ranges::equal(after.rows, before.rows, {}, &ReadRow::cells, &ReadRow::cells),
          "what was read and written again reads equal");
}

}  // namespace fuzz
