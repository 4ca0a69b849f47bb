#include <vector>

#include "cli/recorded_file.hpp"
#include "fuzz/input_file.hpp"

namespace {

using fuzz::require;

struct Reading {
  std::vector<std::string> records;
  std::string fault;

  bool operator==(const Reading&) const = default;
};

Reading read(std::string_view bytes) {
  cli::RecordedFile file{fuzz::open_bytes(bytes)};
  Reading reading;
  for (;;) {
    auto record = file.next();
    if (!record) {
      reading.fault = record.error().text();
      break;
    }
    if (!*record) break;
    reading.records.push_back(std::move(**record));
  }
  require(file.records() == reading.records.size(), "records are counted");
  return reading;
}

std::string write(const std::vector<std::string>& records) {
  std::string file;
  for (const auto& record : records) {
    std::size_t rest = record.size();
    for (; rest >= 0x80; rest >>= 7) file += static_cast<char>(0x80 | (rest & 0x7f));
    file += static_cast<char>(rest);
    file += record;
  }
  return file;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  auto bytes = fuzz::text(data, size);
  const std::array<std::size_t, 2> cuts{fuzz::take_byte(bytes), fuzz::take_byte(bytes)};
  if (fuzz::is_gzip(bytes)) return -1;
  const auto whole = read(bytes);
  require(read(fuzz::cut(bytes, cuts)) == whole, "a file in pieces reads as the whole one");
  const auto written = write(whole.records);
  require(written.size() <= bytes.size(), "what was read is written no longer than it was");
  // A record of 8,075 bytes begins as gzip does.
  if (fuzz::is_gzip(written)) return 0;
  require(read(written) == Reading{whole.records, ""}, "what was read and written again reads equal");
  return 0;
}
