#include "delivery/application_line.hpp"

#include "delivery/journal_record.hpp"

namespace delivery {
namespace asio = boost::asio;
namespace {

/// So much later a request still keeps its distance from those before and after it.
constexpr auto latest_after_turn = std::chrono::milliseconds{20};

constexpr auto longest_way = std::chrono::seconds{10};

std::chrono::nanoseconds spacing(double rate_per_second) {
  return std::chrono::nanoseconds{static_cast<std::int64_t>(1e9 / rate_per_second)};
}

}  // namespace

ApplicationLine::ApplicationLine(run::ApplicationId application, TokenKeeper::Parts parts)
    : application_{application},
      parts_{parts},
      tokens_{application, parts},
      ledger_{application, parts.settings.quota},
      pacer_{spacing(parts.settings.rate_per_second), parts.clock.boot()},
      changed_{parts.executor} {}

asio::awaitable<Result<ApplicationLine::Ticket>> ApplicationLine::ticket(Caller caller) {
  auto token = co_await tokens_.token(caller.connection, caller.grant);
  if (!token) co_return token.error();
  const auto counted = co_await count(caller.purpose);
  if (!counted) co_return counted.error();
  Ticket ticket{std::move(*token), parts_.writer.now()};
  co_return ticket;
}

bool ApplicationLine::is_good(const Ticket& ticket) const {
  // The vendor counts a request when it arrives.
  const auto day = [](run::UtcTime time) { return std::chrono::floor<std::chrono::days>(time); };
  return day(ticket.taken_at) == day(parts_.writer.now() + longest_way);
}

asio::awaitable<void> ApplicationLine::turn(std::optional<async::BootTime> reserved) {
  const bool holds = reserved && parts_.clock.boot() <= *reserved + latest_after_turn;
  co_await sleep_until(holds ? *reserved : pacer_.take_turn(parts_.clock.boot()));
}

asio::awaitable<async::BootTime> ApplicationLine::approach_turn() {
  const auto turn = pacer_.take_turn(parts_.clock.boot());
  co_await sleep_until(turn - parts_.settings.intent_lead);
  co_return turn;
}

asio::awaitable<void> ApplicationLine::sleep_until(async::BootTime time) {
  while (parts_.clock.boot() < time) co_await parts_.clock.sleep(time - parts_.clock.boot());
}

asio::awaitable<Result<void>> ApplicationLine::count(Purpose purpose) {
  for (;;) {
    switch (ledger_.take(purpose, parts_.writer.now())) {
      case QuotaLedger::Answer::yes:
        co_return Result<void>{};
      case QuotaLedger::Answer::spent: {
        Error spent{NextStep::wait_until, run::Reason::daily_quota, "the calls of the day are spent", opens_at()};
        co_return spent;
      }
      case QuotaLedger::Answer::needs_block:
        break;
    }
    if (reserving_) {
      co_await changed_.wait();
      continue;
    }
    reserving_ = true;
    const auto block = ledger_.next_block(parts_.writer.now());
    JournalWriter::Unit unit{to_journal(block)};
    const auto written = co_await parts_.writer.write(std::move(unit));
    reserving_ = false;
    changed_.notify();
    if (!written) co_return written.error();
    ledger_.committed(block);
  }
}

void ApplicationLine::tell(VendorCall call, const Error* error, std::chrono::nanoseconds took) {
  parts_.observer.answered(application_, call, error, took);
  const auto now = parts_.writer.now();
  parts_.observer.calls_left(application_, ledger_.used(now), ledger_.left(Purpose::resolve, now));
}

std::optional<std::chrono::nanoseconds> ApplicationLine::repeat_after(Error& error, Backoff& backoff,
                                                                      async::BootTime give_up_at, const Ticket& ticket,
                                                                      bool& refused_before) {
  switch (error.next_step) {
    case NextStep::refresh_token:
      if (!refused_before) {
        refused_before = true;
        refused(ticket.token);
        return std::chrono::nanoseconds::zero();
      }
      error.next_step = NextStep::park;
      error.reason = run::Reason::needs_authorisation;
      return std::nullopt;
    case NextStep::stop:
      // The lease may have lapsed for a moment; the claim goes on.
      if (parts_.writer.over()) return std::nullopt;
      [[fallthrough]];
    case NextStep::retry:
    case NextStep::look_up: {  // Nothing that is asked here can be done twice.
      auto pause = backoff.pause(parts_.random);
      // The limit counts calls of a sliding second, refused ones too.
      if (error.reason == run::Reason::rate) pause += std::chrono::seconds{1};
      if (parts_.clock.boot() + pause < give_up_at) return pause;
      error.next_step = NextStep::park;
      if (error.reason == run::Reason::none) error.reason = run::Reason::vendor_unavailable;
      return std::nullopt;
    }
    case NextStep::wait_until:
      if (error.reason == run::Reason::daily_quota) day_is_spent();
      if (!error.until) error.until = opens_at();
      return std::nullopt;
    case NextStep::split:
    case NextStep::reject:
    case NextStep::park:
      return std::nullopt;
  }
  return std::nullopt;
}

}  // namespace delivery
