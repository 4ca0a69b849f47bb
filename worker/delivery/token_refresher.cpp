#include "delivery/token_refresher.hpp"

#include <utility>

#include "wire/credentials.hpp"

namespace delivery {
namespace asio = boost::asio;

TokenRefresher::TokenRefresher(TokenApi& api, TokenCipher& cipher, PlainWriter& writer, Credentials& credentials,
                               const Settings& settings, async::Clock& clock, TaskGroup& tasks,
                               asio::any_io_executor executor)
    : api_{api},
      cipher_{cipher},
      writer_{writer},
      credentials_{credentials},
      settings_{settings},
      clock_{clock},
      tasks_{tasks},
      executor_{std::move(executor)} {}

std::shared_ptr<TokenRefresher::Attempt> TokenRefresher::start(run::TokenName spent, std::string refresh_token,
                                                               async::BootTime lease_ends) {
  auto attempt = std::make_shared<Attempt>(executor_);
  tasks_.spawn(refresh(attempt, std::move(spent), std::move(refresh_token), lease_ends));
  return attempt;
}

asio::awaitable<void> TokenRefresher::refresh(std::shared_ptr<Attempt> attempt, run::TokenName spent,
                                              std::string refresh_token, async::BootTime lease_ends) {
  const auto& clock = clock_;
  std::function<bool()> may_send = [&clock, lease_ends] { return clock.boot() < lease_ends; };
  auto fresh = co_await api_.refresh(spent.application, std::move(refresh_token), std::move(may_send));
  if (fresh) {
    const auto now = clock_.now();
    run::StoredToken token;
    token.name = spent;
    ++token.name.generation;
    token.sealed = cipher_.seal(wire::encode(fresh->secret), wire::key_of(token.name));
    token.stored_at = now;
    token.access_expires_at = now + fresh->expires_in;
    co_await store(token);
    credentials_.stored(token);
  } else {
    attempt->refusal = fresh.error();
  }
  attempt->ended = true;
  attempt->changed.notify();

  if (!fresh) co_return;
  run::TokenName current = spent;
  ++current.generation;
  for (const auto& older : credentials_.older_than(current)) {
    Outgoing tombstone{Outgoing::To::credentials, wire::key_of(older), std::nullopt, {}};
    co_await write(std::move(tombstone));
  }
}

asio::awaitable<void> TokenRefresher::store(run::StoredToken token) {
  Outgoing record{Outgoing::To::credentials, wire::key_of(token.name), wire::encode(token), {}};
  co_await write(std::move(record));
}

asio::awaitable<void> TokenRefresher::write(Outgoing record) {
  // Without end: the old token may be spent, so the new one is all that is left of the grant.
  for (;;) {
    const auto written = co_await writer_.write(record);
    if (written) co_return;
    co_await clock_.sleep(settings_.step_pause);
  }
}

}  // namespace delivery
