#include "delivery/token_rules.hpp"

#include <algorithm>
#include <chrono>

namespace delivery {

TokenStep next_token_step(const TokenFacts& facts, run::UtcTime now, const Settings& settings) {
  const bool usable =
      facts.access_expires_at && !facts.refused && now < *facts.access_expires_at - settings.token_expiry_margin;
  if (facts.tries == dead_grant_tries) return usable ? TokenStep::use : TokenStep::needs_authorisation;
  if (!usable) return TokenStep::refresh;
  if (facts.tries == 0) return now < facts.refresh_at ? TokenStep::use : TokenStep::refresh;
  const bool near_expiry = now >= *facts.access_expires_at - settings.last_refresh_before_expiry;
  return facts.tries == 1 && near_expiry ? TokenStep::refresh : TokenStep::use;
}

run::UtcTime refresh_time(run::UtcTime stored_at, run::UtcTime expires_at, double fraction, const Settings& settings) {
  using std::chrono::milliseconds;
  const milliseconds least = settings.refresh_before_expiry_least;
  const milliseconds span = settings.refresh_before_expiry_most - settings.refresh_before_expiry_least;
  const milliseconds before{least.count() +
                            static_cast<milliseconds::rep>(static_cast<double>(span.count()) * fraction)};
  return std::max(expires_at - before, stored_at + (expires_at - stored_at) / 2);
}

}  // namespace delivery
