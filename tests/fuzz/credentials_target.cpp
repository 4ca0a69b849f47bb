#include <algorithm>

#include "fuzz/property.hpp"
#include "wire/credentials.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const auto payload = fuzz::text(data, size);
  fuzz::require_round_trip(payload, wire::decode_token,
                           [](const run::StoredToken& token) { return wire::encode(token); });
  fuzz::require_round_trip(payload, wire::decode_secret,
                           [](const run::TokenSecret& secret) { return wire::encode(secret); });
  if (const auto token = wire::decode_token(payload)) {
    // Two names that shared a key would open each other's tokens.
    fuzz::require(std::ranges::count(wire::key_of(token->name), '/') == 3, "a key has four parts");
  }
  return 0;
}
