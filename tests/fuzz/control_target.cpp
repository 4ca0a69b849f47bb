#include "fuzz/property.hpp"
#include "wire/control.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const auto payload = fuzz::text(data, size);
  fuzz::require_round_trip(payload, wire::decode_control,
                           [](const run::ControlRecord& record) { return wire::encode(record); });
  if (const auto record = wire::decode_control(payload)) {
    fuzz::require(wire::key_of(*record).size() < 400, "a key is short");
  }
  return 0;
}
