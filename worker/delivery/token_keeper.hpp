#pragma once

#include <map>
#include <optional>
#include <set>
#include <string>

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/awaitable.hpp>

#include "async/clock.hpp"
#include "async/random.hpp"
#include "delivery/credentials.hpp"
#include "delivery/journal_writer.hpp"
#include "delivery/observer.hpp"
#include "delivery/settings.hpp"
#include "delivery/token_api.hpp"
#include "delivery/token_refresher.hpp"
#include "delivery/token_rules.hpp"
#include "delivery/wake.hpp"

namespace delivery {

struct AccessToken {
  run::TokenName name;
  std::string value;
};

/// Gives the access tokens of one application's connections, refreshed in time, for the life of one claim.
///
/// The order is RefreshIntent committed, refresh, new token acknowledged by the brokers, only then used.
class TokenKeeper {
 public:
  struct Parts {
    std::int32_t partition = 0;
    const Settings& settings;
    async::Clock& clock;
    async::Random& random;
    Observer& observer;
    JournalWriter& writer;
    const Credentials& credentials;
    TokenCipher& cipher;
    TokenRefresher& refresher;
    boost::asio::any_io_executor executor;
  };
  TokenKeeper(run::ApplicationId application, Parts parts);

  void restore(const run::RefreshIntent& intent);

  /// Errors: park with NEEDS_AUTHORISATION, SECRET_UNAVAILABLE or VENDOR_UNAVAILABLE; stop.
  boost::asio::awaitable<Result<AccessToken>> token(run::ConnectionId connection, run::GrantId grant);

  /// The vendor answered 401 to this generation.
  void refused(const run::TokenName& name) { refused_[name.connection_id] = name; }

  bool refreshing() const { return in_flight_ > 0; }

 private:
  struct Opened {
    run::TokenName name;
    run::TokenSecret secret;
    run::UtcTime refresh_at{};
  };
  const Opened* open(const run::StoredToken& stored);
  std::uint32_t tries(const run::TokenName& name) const;
  boost::asio::awaitable<Result<void>> refresh(run::TokenName name, std::string refresh_token);
  boost::asio::awaitable<void> wait_for_spacing();
  Result<void> after_refusal(const run::RefreshIntent& intent, const TokenRefusal& refusal);

  run::ApplicationId application_;
  Parts parts_;
  std::map<run::ConnectionId, run::RefreshIntent> intents_;
  std::map<run::ConnectionId, run::TokenName> refused_;
  std::map<run::ConnectionId, Opened> opened_;
  std::map<run::ConnectionId, async::BootTime> not_before_;
  std::set<run::ConnectionId> busy_;
  std::optional<async::BootTime> last_call_;
  unsigned in_flight_ = 0;
  Wake changed_;
};

}  // namespace delivery
