#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "run/ids.hpp"
#include "run/time.hpp"

namespace run {

/// Names one generation of one sign-in's token; also the key of its record.
struct TokenName {
  ApplicationId application;
  ConnectionId connection_id;
  GrantId grant_id;
  std::uint64_t generation = 0;

  auto operator<=>(const TokenName&) const = default;
};

/// What an encryption key made of a TokenSecret.
struct SealedToken {
  std::string key_id;
  std::string nonce;
  std::string ciphertext;  ///< With the authentication tag at its end.

  bool operator==(const SealedToken&) const = default;
};

struct StoredToken {
  TokenName name;
  SealedToken sealed;
  UtcTime stored_at{};
  std::optional<UtcTime> access_expires_at{};  ///< None: no access token yet.

  bool operator==(const StoredToken&) const = default;
};

struct TokenSecret {
  std::string access_token;
  std::string refresh_token;
  std::string scope;

  bool operator==(const TokenSecret&) const = default;
};

}  // namespace run
