#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <utility>

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/awaitable.hpp>

#include "delivery/backoff.hpp"
#include "delivery/contact_api.hpp"
#include "delivery/pacer.hpp"
#include "delivery/quota_ledger.hpp"
#include "delivery/token_keeper.hpp"

namespace delivery {

/// On whose behalf a call is made.
struct Caller {
  Purpose purpose = Purpose::resolve;
  VendorCall call = VendorCall::activities;
  run::ConnectionId connection;
  run::GrantId grant;
  std::function<void()> on_request;  ///< Told of each request; may be empty.
};

/// One application's line to the vendor, for the life of one claim: token, day ledger, pace, and repeats of what may be
/// repeated.
class ApplicationLine {
 public:
  ApplicationLine(run::ApplicationId application, TokenKeeper::Parts parts);

  void restore(const run::QuotaBlock& block) { ledger_.restore(block); }
  /// Of the day's calls; nothing may be sent any more.
  std::optional<run::QuotaBlock> give_back() { return ledger_.give_back(); }
  void restore(const run::RefreshIntent& intent) { tokens_.restore(intent); }

  /// The right to make one request: a counted call and a token for it.
  struct Ticket {
    AccessToken token;
    run::UtcTime taken_at{};
  };
  /// Given only while the claim is proven: else each try of one that cannot reach the brokers would cost a call.
  /// Errors: as TokenKeeper; wait_until where the day is spent; park without a reason where the brokers are too slow.
  boost::asio::awaitable<Result<Ticket>> ticket(Caller caller);
  /// A block of calls dies before its midnight, and a ticket with it.
  bool is_good(const Ticket& ticket) const;
  /// Ends shortly before the line's turn: what must be journalled before a request is, and hardly earlier, so that few
  /// crashes leave an intent whose request never went out.
  boost::asio::awaitable<void> approach_turn();

  /// The way of one request out: at its pace, and only while ticket and claim are good.
  class Passage : public Permit {
   public:
    /// `on_request` is told once the request has its turn; may be empty.
    Passage(ApplicationLine& line, const Ticket& ticket, std::function<void()> on_request);
    boost::asio::awaitable<void> turn() override;
    bool may_send() override;
    /// Since the request left; before that, since it was begun.
    std::chrono::nanoseconds took() const { return line_.parts_.clock.boot() - began_; }

   private:
    ApplicationLine& line_;
    const Ticket& ticket_;
    std::function<void()> on_request_;
    async::BootTime began_;
    bool leaving_ = true;  ///< The first byte is not out.
  };

  /// Keeps count of what is on its way, also over an exception.
  class InFlight {
   public:
    explicit InFlight(unsigned& count) : count_{&count} { ++*count_; }
    InFlight(InFlight&& other) noexcept : count_{std::exchange(other.count_, nullptr)} {}
    InFlight& operator=(InFlight&&) = delete;
    ~InFlight() {
      if (count_ != nullptr) --*count_;
    }

   private:
    unsigned* count_;
  };
  InFlight in_flight() { return InFlight{in_flight_}; }
  bool busy() const { return in_flight_ > 0 || tokens_.refreshing(); }

  void refused(const AccessToken& token) { tokens_.refused(token.name); }
  void day_is_spent() { ledger_.close_day(parts_.writer.now()); }
  void tell(VendorCall call, const Error* error, std::chrono::nanoseconds took);

  std::uint32_t calls_left(Purpose purpose) const { return ledger_.left(purpose, parts_.writer.now()); }
  run::UtcTime opens_at() const { return ledger_.opens_at(parts_.writer.now()); }

  /// A call that changes nothing at the vendor's, repeated within the budget. `request` is asked once for each try.
  /// Errors: park, wait_until, reject, stop; never retry.
  template <class T>
  boost::asio::awaitable<Result<T>> ask(Caller caller, std::function<boost::asio::awaitable<Result<T>>(Call)> request);

 private:
  boost::asio::awaitable<Result<void>> count(Purpose purpose);
  /// Ends once the journal allows requests. Errors: park after the retry budget; stop.
  boost::asio::awaitable<Result<void>> proof();
  /// How long to pause before the same call again; none: `error` is what the caller gets.
  std::optional<std::chrono::nanoseconds> repeat_after(Error& error, Backoff& backoff, async::BootTime give_up_at,
                                                       const Ticket& ticket, bool& refused_before);

  run::ApplicationId application_;
  TokenKeeper::Parts parts_;
  TokenKeeper tokens_;
  QuotaLedger ledger_;
  Pacer pacer_;
  bool reserving_ = false;
  unsigned in_flight_ = 0;
  Wake changed_;
};

template <class T>
boost::asio::awaitable<Result<T>> ApplicationLine::ask(Caller caller,
                                                       std::function<boost::asio::awaitable<Result<T>>(Call)> request) {
  const auto& settings = parts_.settings;
  const auto give_up_at = parts_.clock.boot() + settings.retry_budget;
  Backoff backoff{settings.retry_first, settings.retry_longest};
  bool refused_before = false;
  for (;;) {
    const auto allowed = co_await ticket(caller);
    if (!allowed) co_return allowed.error();
    co_await approach_turn();
    Error error;
    {
      const auto flying = in_flight();
      Passage passage{*this, *allowed, caller.on_request};
      Call call{allowed->token.value, &passage};
      auto answer = co_await request(std::move(call));
      if (answer) {
        tell(caller.call, nullptr, passage.took());
        co_return answer;
      }
      error = answer.error();
      tell(caller.call, &error, passage.took());
    }
    const auto pause = repeat_after(error, backoff, give_up_at, *allowed, refused_before);
    if (!pause) co_return error;
    co_await parts_.clock.sleep(*pause);
  }
}

}  // namespace delivery
