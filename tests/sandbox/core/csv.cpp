#include "sandbox/core/csv.hpp"

#include <memory>

#include <csv.h>

namespace sandbox {
namespace {

struct Reading {
  CsvTable table;
  std::vector<std::string> record;
};

void take_value(void* bytes, std::size_t size, void* reading) {
  static_cast<Reading*>(reading)->record.emplace_back(static_cast<const char*>(bytes), size);
}

void take_record(int /*terminator*/, void* target) {
  auto& reading = *static_cast<Reading*>(target);
  reading.table.records.push_back(std::move(reading.record));
  reading.record.clear();
}

int never_space(unsigned char /*character*/) { return 0; }

}  // namespace

CsvTable read_csv(std::string_view text) {
  csv_parser parser;
  csv_init(&parser, CSV_STRICT | CSV_STRICT_FINI);
  const std::unique_ptr<csv_parser, void (*)(csv_parser*)> owner{&parser, csv_free};
  csv_set_space_func(&parser, never_space);
  Reading reading;
  const std::size_t read = csv_parse(&parser, text.data(), text.size(), take_value, take_record, &reading);
  reading.table.malformed = read != text.size() || csv_fini(&parser, take_value, take_record, &reading) != CSV_SUCCESS;
  return std::move(reading.table);
}

}  // namespace sandbox
