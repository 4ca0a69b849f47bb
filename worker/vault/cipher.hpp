#pragma once

#include <vector>

#include "delivery/token_api.hpp"
#include "vault/key.hpp"

namespace vault {

/// AES-256-GCM with a random nonce for each sealing. Threads: any.
class Cipher : public delivery::TokenCipher {
 public:
  /// The first key seals, all of them open; at least one.
  explicit Cipher(std::vector<Key> keys);

  run::SealedToken seal(std::string_view plaintext, std::string_view associated_data) override;
  std::optional<std::string> open(const run::SealedToken& sealed, std::string_view associated_data) override;

 private:
  std::vector<Key> keys_;
};

}  // namespace vault
