#include "delivery/token_keeper.hpp"

#include <algorithm>
#include <utility>

#include "delivery/journal_record.hpp"
#include "wire/credentials.hpp"

namespace delivery {
namespace asio = boost::asio;
namespace {

Error parked(run::Reason reason, std::string detail) { return {NextStep::park, reason, std::move(detail), {}}; }

}  // namespace

TokenKeeper::TokenKeeper(run::ApplicationId application, Parts parts)
    : application_{std::move(application)}, parts_{std::move(parts)}, changed_{parts_.executor} {}

void TokenKeeper::restore(const run::RefreshIntent& intent) { intents_[intent.connection_id] = intent; }

std::uint32_t TokenKeeper::tries(const run::TokenName& name) const {
  const auto intent = intents_.find(name.connection_id);
  if (intent == intents_.end()) return 0;
  const bool same = intent->second.grant_id == name.grant_id && intent->second.generation == name.generation;
  return same ? intent->second.tries : 0;
}

const TokenKeeper::Opened* TokenKeeper::open(const run::StoredToken& stored) {
  const auto& connection = stored.name.connection_id;
  if (const auto known = opened_.find(connection); known != opened_.end() && known->second.name == stored.name) {
    return &known->second;
  }
  const auto plaintext = parts_.cipher.open(stored.sealed, wire::key_of(stored.name));
  if (!plaintext) return nullptr;
  auto secret = wire::decode_secret(*plaintext);
  if (!secret) return nullptr;
  Opened opened{stored.name, std::move(*secret), {}};
  if (stored.access_expires_at) {
    opened.refresh_at =
        refresh_time(stored.stored_at, *stored.access_expires_at, parts_.random.fraction(), parts_.settings);
  }
  return &opened_.insert_or_assign(connection, std::move(opened)).first->second;
}

asio::awaitable<Result<AccessToken>> TokenKeeper::token(run::ConnectionId connection, run::GrantId grant) {
  for (;;) {
    const auto* stored = parts_.credentials.newest(application_, connection, grant);
    if (stored == nullptr) co_return parked(run::Reason::needs_authorisation, "no token is stored for the grant");
    const auto* opened = open(*stored);
    if (opened == nullptr) co_return parked(run::Reason::secret_unavailable, "no key of ours opens the stored token");

    const auto refused = refused_.find(connection);
    TokenFacts facts;
    facts.access_expires_at = stored->access_expires_at;
    facts.refused = refused != refused_.end() && refused->second == stored->name;
    facts.refresh_at = opened->refresh_at;
    facts.tries = tries(stored->name);
    auto step = next_token_step(facts, parts_.writer.now(), parts_.settings);
    if (step == TokenStep::needs_authorisation) {
      co_return parked(run::Reason::needs_authorisation, "the grant can no longer be refreshed");
    }
    if (step == TokenStep::refresh) {
      const auto wait = not_before_.find(connection);
      if (wait != not_before_.end() && parts_.clock.boot() < wait->second) {
        const bool usable = facts.access_expires_at && !facts.refused && parts_.writer.now() < *facts.access_expires_at;
        if (!usable) co_return parked(run::Reason::vendor_unavailable, "the token host gave no token");
        step = TokenStep::use;
      }
    }
    if (step == TokenStep::use) {
      AccessToken token{opened->name, opened->secret.access_token};
      co_return token;
    }
    if (!busy_.insert(connection).second) {
      co_await changed_.wait();
      continue;
    }
    const auto refreshed = co_await refresh(opened->name, opened->secret.refresh_token);
    busy_.erase(connection);
    changed_.notify();
    if (!refreshed) co_return refreshed.error();
  }
}

asio::awaitable<Result<void>> TokenKeeper::refresh(run::TokenName name, std::string refresh_token) {
  // Before the intent: one that is journalled and not followed by its call would count as a try for the next life.
  co_await wait_for_spacing();
  run::RefreshIntent intent;
  intent.application = application_;
  intent.connection_id = name.connection_id;
  intent.grant_id = name.grant_id;
  intent.generation = name.generation;
  intent.at = parts_.writer.now();
  intent.tries = tries(name) + 1;
  intents_[name.connection_id] = intent;
  // Letting go of the partition waits for it from here on, for the same reason.
  ++in_flight_;
  JournalWriter::Unit unit{to_journal(intent)};
  const auto written = co_await parts_.writer.write(std::move(unit));
  if (!written || !parts_.writer.may_send()) {
    --in_flight_;
    if (!written) co_return written.error();
    auto refused = after_refusal(intent, {TokenRefusal::Kind::nothing_sent, "the claim may not send"});
    co_return refused;
  }
  const auto began = parts_.clock.boot();
  const auto attempt = parts_.refresher.start(name, std::move(refresh_token), parts_.writer.lease_ends());
  while (!attempt->ended) co_await attempt->changed.wait();
  --in_flight_;
  last_call_ = parts_.clock.boot();

  if (attempt->refusal) {
    const auto after = after_refusal(intent, *attempt->refusal);
    const Error error = after ? Error{NextStep::retry, run::Reason::none, attempt->refusal->detail, {}} : after.error();
    parts_.observer.answered(application_, VendorCall::token, &error, parts_.clock.boot() - began);
    co_return after;
  }
  parts_.observer.answered(application_, VendorCall::token, nullptr, parts_.clock.boot() - began);
  intents_.erase(name.connection_id);
  JournalWriter::Unit done{out_of_journal(intent)};
  parts_.writer.add(std::move(done));
  co_return Result<void>{};
}

asio::awaitable<void> TokenKeeper::wait_for_spacing() {
  // The turn is taken before the wait, so that two callers do not take the same one.
  const auto now = parts_.clock.boot();
  const auto turn = last_call_ ? std::max(now, *last_call_ + parts_.settings.token_call_spacing)
                               : now + parts_.settings.token_call_spacing;
  last_call_ = turn;
  while (parts_.clock.boot() < turn) co_await parts_.clock.sleep(turn - parts_.clock.boot());
}

/// Ok: look again at what is known now. Error: there is no token for the time being.
Result<void> TokenKeeper::after_refusal(const run::RefreshIntent& intent, const TokenRefusal& refusal) {
  const auto& connection = intent.connection_id;
  const auto forget = [&] {
    auto before = intent;
    --before.tries;
    if (before.tries == 0) {
      intents_.erase(connection);
      parts_.writer.add({out_of_journal(intent)});
    } else {
      intents_[connection] = before;
      parts_.writer.add({to_journal(before)});
    }
  };
  switch (refusal.kind) {
    case TokenRefusal::Kind::grant_dead: {
      auto dead = intent;
      dead.tries = dead_grant_tries;
      intents_[connection] = dead;
      parts_.writer.add({to_journal(dead)});
      parts_.observer.alarm(parts_.partition, Alarm::grant_dead, "connection " + connection.value);
      return {};
    }
    case TokenRefusal::Kind::client_refused:
      forget();
      not_before_[connection] = parts_.clock.boot() + parts_.settings.park_first;
      return parked(run::Reason::secret_unavailable, "the token host refuses the application's secret");
    case TokenRefusal::Kind::too_fast:
    case TokenRefusal::Kind::nothing_sent:
      forget();
      not_before_[connection] = parts_.clock.boot() + parts_.settings.park_first / 4;
      return {};
    case TokenRefusal::Kind::ambiguous:
      parts_.observer.alarm(parts_.partition, Alarm::refresh_lost, "connection " + connection.value);
      // The journalled intent stays: it is what tells the next look, and the next life, that a try was made.
      not_before_[connection] = parts_.clock.boot() + parts_.settings.park_first;
      return {};
  }
  return {};
}

}  // namespace delivery
