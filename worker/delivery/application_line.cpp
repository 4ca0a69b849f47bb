#include "delivery/application_line.hpp"

#include <utility>

#include "delivery/journal_record.hpp"

namespace delivery {
namespace asio = boost::asio;
namespace {

constexpr auto longest_way = std::chrono::seconds{10};
/// From a turn to the first byte. At the usual pace a sliding second has 143 ms to spare.
constexpr auto longest_start = std::chrono::milliseconds{100};

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
  const auto proven = co_await proof();
  if (!proven) co_return proven.error();
  auto token = co_await tokens_.token(caller.connection, caller.grant);
  if (!token) co_return token.error();
  const auto counted = co_await count(caller.purpose);
  if (!counted) co_return counted.error();
  Ticket ticket{std::move(*token), parts_.writer.now()};
  co_return ticket;
}

asio::awaitable<Result<void>> ApplicationLine::proof() {
  const auto give_up_at = parts_.clock.boot() + parts_.settings.retry_budget;
  while (!parts_.writer.may_send()) {
    if (parts_.writer.over() || parts_.clock.boot() >= give_up_at) {
      const auto step = parts_.writer.over() ? NextStep::stop : NextStep::park;
      Error unproven{step, run::Reason::none, "no transaction in time, or the clock is wrong", {}};
      co_return unproven;
    }
    co_await parts_.clock.sleep(parts_.settings.heartbeat);
  }
  co_return Result<void>{};
}

bool ApplicationLine::is_good(const Ticket& ticket) const {
  // The vendor counts a request when it arrives.
  const auto day = [](run::UtcTime time) { return std::chrono::floor<std::chrono::days>(time); };
  return day(ticket.taken_at) == day(parts_.writer.now() + longest_way);
}

asio::awaitable<void> ApplicationLine::approach_turn() {
  const auto ready_at = pacer_.take_turn(parts_.clock.boot()) - parts_.settings.intent_lead;
  while (parts_.clock.boot() < ready_at) co_await parts_.clock.sleep(ready_at - parts_.clock.boot());
}

ApplicationLine::Passage::Passage(ApplicationLine& line, const Ticket& ticket, std::function<void()> on_request)
    : line_{line}, ticket_{ticket}, on_request_{std::move(on_request)}, began_{line.parts_.clock.boot()} {}

asio::awaitable<void> ApplicationLine::Passage::turn() {
  auto& clock = line_.parts_.clock;
  // Of several that wait for the same moment, the first takes it and the others look again.
  while (clock.boot() < line_.pacer_.leaves_at()) co_await clock.sleep(line_.pacer_.leaves_at() - clock.boot());
  began_ = clock.boot();
  line_.pacer_.left(began_);
  if (on_request_) on_request_();
}

bool ApplicationLine::Passage::may_send() {
  // A process that stood still after its turn would send beside those whose turn it is by now.
  const bool turn_is_gone = std::exchange(leaving_, false) && line_.parts_.clock.boot() - began_ > longest_start;
  return !turn_is_gone && line_.parts_.writer.may_send() && line_.is_good(ticket_);
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
    // With a day's first block, so that an owner that stays for months keeps no more days than others.
    if (ledger_.used(parts_.writer.now()) == 0) {
      unit.push_back(out_of_journal(run::QuotaBlock{application_, block.day - quota_day_is_kept, 0}));
    }
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
