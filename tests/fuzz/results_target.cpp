#include "fuzz/property.hpp"
#include "wire/result.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const auto payload = fuzz::text(data, size);
  fuzz::require_round_trip(payload, wire::decode_result,
                           [](const run::ResultEvent& event) { return wire::encode(event); });
  fuzz::require_round_trip(payload, wire::decode_reject, [](const wire::RejectRecord& record) {
    return std::visit([](const auto& kind) { return wire::encode(kind); }, record);
  });
  return 0;
}
