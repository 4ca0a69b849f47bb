#include "fuzz/input_file.hpp"
#include "fuzz/table_reading.hpp"

namespace {

void add_text(std::string& line, std::string_view text) {
  constexpr std::string_view digits = "0123456789abcdef";
  line += '"';
  for (const char letter : text) {
    const auto code = static_cast<unsigned char>(letter);
    if (code < 0x20) {
      line.append("\\u00") += digits[code >> 4];
      line += digits[code & 0xf];
    } else {
      if (letter == '"' || letter == '\\') line += '\\';
      line += letter;
    }
  }
  line += '"';
}

std::string write(const fuzz::TableReading& reading) {
  std::string file;
  for (const auto& row : reading.rows) {
    char separator = '{';
    if (row.cells.empty()) file += separator;
    for (const auto& [name, value] : row.cells) {
      file += std::exchange(separator, ',');
      add_text(file, name);
      file += ':';
      add_text(file, value);
    }
    file += "}\n";
  }
  return file;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  auto bytes = fuzz::text(data, size);
  const auto choice = fuzz::take_byte(bytes);
  const std::array<std::size_t, 2> cuts{fuzz::take_byte(bytes), fuzz::take_byte(bytes)};
  if (fuzz::is_gzip(bytes)) return -1;

  // Where the format is found, this may be a CSV file.
  const cli::TableOptions options{.format = choice % 2 == 1 ? cli::TableFormat::json_lines : cli::TableFormat::detect};
  const auto whole = fuzz::read_table(bytes, options);
  // One property at a time: opening a table costs more than reading a small one.
  if (choice % 4 < 2) {
    fuzz::require_same_in_pieces(bytes, cuts, options, whole);
    return 0;
  }
  if (!whole.fault.empty() || whole.rows.empty()) return 0;
  fuzz::require_same_cells(write(whole), {.format = cli::TableFormat::json_lines}, whole);
  return 0;
}
