#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "delivery/token_api.hpp"

namespace support {

/// Seals nothing, but binds what it seals to its record's key.
class FakeTokenCipher : public delivery::TokenCipher {
 public:
  run::SealedToken seal(std::string_view plaintext, std::string_view associated_data) override {
    return {"test-key", std::string{associated_data}, std::string{plaintext}};
  }
  std::optional<std::string> open(const run::SealedToken& sealed, std::string_view associated_data) override {
    if (sealed.key_id != "test-key" || sealed.nonce != associated_data) return std::nullopt;
    return sealed.ciphertext;
  }
};

}  // namespace support
