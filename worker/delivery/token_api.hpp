#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include <boost/asio/awaitable.hpp>

#include "delivery/error.hpp"
#include "run/token.hpp"

namespace delivery {

struct FreshToken {
  run::TokenSecret secret;  ///< refresh_token: the new one, or the same again where the kind is long-lived.
  std::chrono::seconds expires_in{};
};

/// Why a refresh gave no token.
struct TokenRefusal {
  enum class Kind : std::uint8_t {
    grant_dead,      ///< invalid_grant: a person must sign in again.
    client_refused,  ///< invalid_client: our configuration; says nothing about the grant.
    too_fast,        ///< More than one token call a second.
    nothing_sent,    ///< The request never left: safe to repeat.
    ambiguous,       ///< The grant may have been spent.
  };
  Kind kind = Kind::ambiguous;
  std::string detail;
};

[[noreturn]] void throw_exception_from_error(const TokenRefusal& refusal, const boost::source_location& where);

/// The vendor's token host. Real: constant_contact::TokenClient. Fake: tests/support/fake_token_api.hpp.
///
/// Deadline: the request time-out. Cancelling: operation_aborted. Never repeats a call by itself.
/// `may_send` is asked before the first byte and again before the last.
class TokenApi {
 public:
  virtual ~TokenApi() = default;

  virtual boost::asio::awaitable<boost::system::result<FreshToken, TokenRefusal>> refresh(
      run::ApplicationId application, std::string refresh_token, std::function<bool()> may_send) = 0;
};

/// Seals tokens for storage. Real: vault::Cipher.
class TokenCipher {
 public:
  virtual ~TokenCipher() = default;

  virtual run::SealedToken seal(std::string_view plaintext, std::string_view associated_data) = 0;
  /// None where no key of ours opens it.
  virtual std::optional<std::string> open(const run::SealedToken& sealed, std::string_view associated_data) = 0;
};

}  // namespace delivery
