#pragma once

#include <memory>
#include <optional>

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/awaitable.hpp>

#include "async/clock.hpp"
#include "delivery/credentials.hpp"
#include "delivery/log.hpp"
#include "delivery/settings.hpp"
#include "delivery/task_group.hpp"
#include "delivery/token_api.hpp"
#include "delivery/wake.hpp"

namespace delivery {

/// Makes refresh calls and stores what they give. It outlives every claim: a token that was obtained is stored even
/// when the owner was fenced meanwhile.
class TokenRefresher {
 public:
  TokenRefresher(TokenApi& api, TokenCipher& cipher, PlainWriter& writer, Credentials& credentials,
                 const Settings& settings, async::Clock& clock, TaskGroup& tasks,
                 boost::asio::any_io_executor executor);

  /// One call. `ended` and, where there is no new token, `refusal` are set at its end.
  struct Attempt {
    explicit Attempt(boost::asio::any_io_executor executor) : changed{std::move(executor)} {}
    bool ended = false;
    std::optional<TokenRefusal> refusal{};
    Wake changed;
  };
  std::shared_ptr<Attempt> start(run::TokenName spent, std::string refresh_token, async::BootTime lease_ends);

 private:
  boost::asio::awaitable<void> refresh(std::shared_ptr<Attempt> attempt, run::TokenName spent,
                                       std::string refresh_token, async::BootTime lease_ends);
  boost::asio::awaitable<void> store(run::StoredToken token);
  boost::asio::awaitable<void> write(Outgoing record);

  TokenApi& api_;
  TokenCipher& cipher_;
  PlainWriter& writer_;
  Credentials& credentials_;
  const Settings& settings_;
  async::Clock& clock_;
  TaskGroup& tasks_;
  boost::asio::any_io_executor executor_;
};

}  // namespace delivery
