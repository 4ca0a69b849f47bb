#include "fuzz/property.hpp"
#include "wire/journal.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const auto payload = fuzz::text(data, size);
  fuzz::require_round_trip(payload, wire::decode_journal,
                           [](const run::JournalRecord& record) { return wire::encode(record); });
  if (const auto record = wire::decode_journal(payload)) {
    fuzz::require(wire::key_of(*record).find('/') != std::string::npos, "a key names its kind");
  }
  return 0;
}
