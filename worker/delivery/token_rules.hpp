#pragma once

#include <cstdint>
#include <limits>
#include <optional>

#include "delivery/settings.hpp"
#include "run/time.hpp"

namespace delivery {

/// What is known of the newest generation of a grant.
struct TokenFacts {
  std::optional<run::UtcTime> access_expires_at{};  ///< None: no access token yet.
  bool refused = false;                             ///< The vendor answered 401 to it.
  run::UtcTime refresh_at{};                        ///< When its refresh is due.
  std::uint32_t tries = 0;                          ///< Refreshes of this generation without a result.
};

/// A refresh that was refused for good is journalled as so many tries.
inline constexpr std::uint32_t dead_grant_tries = std::numeric_limits<std::uint32_t>::max();

enum class TokenStep : std::uint8_t { use, refresh, needs_authorisation };

/// After a try without a result the access token is used on; one more try comes near its expiry, since with zero grace
/// a second use of a refresh token may kill the access token in hand. Once that is of no use any more, asking again can
/// only help: a person is needed when the token host says that the grant is dead, and not before.
TokenStep next_token_step(const TokenFacts& facts, run::UtcTime now, const Settings& settings);

/// 4-8 h before expiry as `fraction` says; never in the first half of a life, or short-lived tokens were refreshed at
/// every use.
run::UtcTime refresh_time(run::UtcTime stored_at, run::UtcTime expires_at, double fraction, const Settings& settings);

}  // namespace delivery
