#include "fuzz/input_file.hpp"
#include "fuzz/table_reading.hpp"

namespace {

void add_quoted(std::string& line, std::string_view value) {
  line += line.empty() ? "\"" : ",\"";
  for (const char letter : value) line += letter == '"' ? std::string{"\"\""} : std::string{letter};
  line += '"';
}

std::string write(const fuzz::TableReading& reading) {
  std::string header;
  for (const auto& [name, value] : reading.rows.front().cells) add_quoted(header, name);
  std::string file = header + '\n';
  for (const auto& row : reading.rows) {
    std::string line;
    for (const auto& [name, value] : row.cells) add_quoted(line, value);
    file += line + '\n';
  }
  return file;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  auto bytes = fuzz::text(data, size);
  const auto delimiter = std::string_view{",;\t|"}[fuzz::take_byte(bytes) % 4];
  const auto choice = fuzz::take_byte(bytes);
  const std::array<std::size_t, 2> cuts{fuzz::take_byte(bytes), fuzz::take_byte(bytes)};
  if (fuzz::is_gzip(bytes)) return -1;

  cli::TableOptions options{.format = cli::TableFormat::csv};
  if (choice % 2 == 1) options.delimiter = delimiter;
  const auto whole = fuzz::read_table(bytes, options);
  // One property at a time: opening a table costs more than reading a small one.
  if (choice % 4 < 2) {
    fuzz::require_same_in_pieces(bytes, cuts, options, whole);
    return 0;
  }
  if (!whole.fault.empty() || whole.rows.empty()) return 0;
  fuzz::require_same_cells(write(whole), {.format = cli::TableFormat::csv, .delimiter = ','}, whole);
  return 0;
}
