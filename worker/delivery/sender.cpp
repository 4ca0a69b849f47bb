#include "delivery/sender.hpp"

#include <algorithm>
#include <utility>

#include "delivery/backoff.hpp"
#include "delivery/import_rules.hpp"
#include "delivery/journal_record.hpp"
#include "delivery/run_records.hpp"
#include "delivery/run_steps.hpp"
#include "delivery/vendor_calls.hpp"
#include "run/digest.hpp"

namespace delivery {
namespace asio = boost::asio;
namespace {

using run::BatchPhase;

/// A run's `packing` for as long as the next batch is being cut, also over an exception.
class Packing {
 public:
  explicit Packing(RunHandle run) : run_{std::move(run)} {}
  Packing(const Packing&) = delete;
  Packing& operator=(const Packing&) = delete;
  ~Packing() { done(); }
  void done() {
    if (run_) run_->packing = false;
    run_.reset();
  }

 private:
  RunHandle run_;
};

}  // namespace

Sender::Sender(ClaimContext& context, BatchPacker& packer, std::function<bool(const Run&)> may_intend,
               std::function<void(const run::ConnectionId&)> refused)
    : context_{context}, packer_{packer}, may_intend_{std::move(may_intend)}, refused_{std::move(refused)} {}

Caller Sender::caller(const RunHandle& run) const {
  return caller_of(context_, run, VendorCall::import, send_purpose(run->opening().job));
}

asio::awaitable<void> Sender::send(RunHandle run) {
  Packing packing{run};
  auto ticket = co_await next_ticket(run);
  if (!ticket) co_return;
  auto parcel = co_await pack(run);
  if (!parcel) co_return;
  co_await context_.lines.of(run->state.application).approach_turn();
  // The call was counted before its midnight: a fresh one, rather than an intent that cannot go out.
  if (!context_.lines.of(run->state.application).is_good(*ticket) || !may_intend_(*run)) {
    context_.changed.notify();
    co_return;
  }
  {
    const ApplicationLine::InFlight answering{answering_};
    intend(run, parcel->state);
    packing.done();
    context_.changed.notify();
    const auto written = co_await context_.writer.flush();
    if (written) co_await import(run, std::move(*parcel), std::move(*ticket));
  }
  context_.changed.notify();
}

asio::awaitable<Result<ApplicationLine::Ticket>> Sender::next_ticket(RunHandle run) {
  auto ticket = co_await context_.lines.of(run->state.application).ticket(caller(run));
  if (!ticket && !context_.writer.over()) park(context_, *run, ticket.error());
  co_return ticket;
}

asio::awaitable<std::optional<Sender::Parcel>> Sender::pack(RunHandle run) {
  const auto opened = run->opening();
  Parcel parcel;
  auto& state = parcel.state;
  Cut cut;
  cut.ranges = run->chain.ranges();
  const auto* absent = run->absent();
  if (absent != nullptr) {
    // The same rows again as the next attempt, in the form that they had.
    state = absent->state;
    ++state.attempt;
    cut.sheet = {state.columns, state.list_ids};
    cut.encoder = context_.encoders.named(state.encoder);
    cut.up_to = state.last;
    for (const auto& batch : run->batches) {
      if (batch.state.last < state.first) cut.after = std::max(cut.after.value_or(batch.state.last), batch.state.last);
    }
  } else {
    cut.sheet = {run->clearance->columns, opened.job.list_ids};
    cut.after = run->last_in_batches();
  }
  if (cut.encoder == nullptr) cut.encoder = &context_.encoders.usual();
  state.encoder = std::string{cut.encoder->name()};
  const bool whole = run->chain.state() == RunChain::State::complete;
  auto packed = co_await packer_.pack(std::move(cut));
  if (!packed) {
    if (packed.error().reason == run::Reason::outbox_gap) {
      // The record does not come back: waiting for it would only hide the loss.
      stop(context_, *run, run::RunStatus::failed, {packed.error().reason, packed.error().detail});
      co_return std::nullopt;
    }
    if (packed.error().next_step != NextStep::stop) park(context_, *run, packed.error());
    co_return std::nullopt;
  }
  if (packed->rows == 0 || (!packed->full && !whole && absent == nullptr)) co_return std::nullopt;
  parcel.body = std::move(packed->body);
  const auto digest = run::sha256(parcel.body);

  if (absent != nullptr && packed->rows != state.rows) {
    // Another version's encoder needs more room: what does not fit must not vanish behind the batches that follow.
    context_.observer.alarm(context_.partition, Alarm::body_differs, "batch " + state.batch_id.value);
    Error differs{NextStep::split, run::Reason::import_refused, "the batch can no longer be packed as it was", {}};
    refuse(*run, state.batch_id, differs);
    co_return std::nullopt;
  }
  if (absent != nullptr) {
    if (digest != state.body_sha256) {
      context_.observer.alarm(context_.partition, Alarm::body_differs, "batch " + state.batch_id.value);
    }
  } else {
    state.instance = run->instance();
    state.first = packed->first;
    state.last = packed->last;
    state.batch_id = run::batch_id(state.instance, state.first, state.last, state.split_path);
    state.list_ids = opened.job.list_ids;
    state.columns = run->clearance->columns;
    state.account_id = run->clearance->account;
    state.sequence = run->batches.size();
  }
  state.rows = packed->rows;
  state.bytes = parcel.body.size();
  state.body_sha256 = digest;
  state.phase = BatchPhase::intent;
  state.intent_at = context_.writer.now();
  state.claim_id = context_.claim_id;
  co_return parcel;
}

void Sender::intend(const RunHandle& run, const run::BatchState& state) {
  const auto now = context_.writer.now();
  JournalWriter::Unit unit{to_journal(state)};
  std::vector<run::ResultEvent> events;
  const auto add = [&](Announcement announcement) {
    for (auto& record : announcement.records) unit.push_back(std::move(record));
    events.push_back(std::move(announcement.event));
  };
  if (!run->state.has_intent) {
    // Only an intent supersedes, and what it supersedes ends in its transaction.
    for (const auto& older : context_.order.superseded_with(run->state)) {
      older->state.stopping = true;
      older->state.refers_to = run->instance();
      run::ReasonNote reason{run::Reason::superseded, "a newer run of the export is sent"};
      add(announce(*older, run::RunStatus::skipped, std::move(reason), now));
    }
    run->state.has_intent = true;
    run->state.first_sent_at = now;
    run->state.account_id = run->clearance->account;
    run->state.grant_id = run->clearance->grant;
  }
  if (auto* known = run->find(state.batch_id)) {
    *known = Batch{state, true, std::nullopt, false};
  } else {
    run->batches.push_back({state, true, std::nullopt, false});
  }
  run->park.reset();
  if (run->state.status == run::RunStatus::processing && run->state.reason.reason == run::Reason::none) {
    unit.push_back(to_journal(run->state));
  } else {
    add(announce(*run, run::RunStatus::processing, {}, now));
  }
  context_.writer.add(std::move(unit));
  for (const auto& event : events) context_.tell(event);
  context_.observer.batch_changed(state);
}

asio::awaitable<Result<run::ActivityId>> Sender::attempt(RunHandle run, Import batch, ApplicationLine::Ticket ticket) {
  auto& line = context_.lines.of(run->state.application);
  const auto flying = line.in_flight();
  ApplicationLine::Passage passage{line, ticket, caller(run).on_request};
  Call call{ticket.token.value, &passage};
  auto answer = co_await context_.api.start_import(std::move(call), std::move(batch));
  if (answer) {
    line.tell(VendorCall::import, nullptr, passage.took());
  } else {
    const auto error = answer.error();
    line.tell(VendorCall::import, &error, passage.took());
  }
  co_return answer;
}

asio::awaitable<void> Sender::import(RunHandle run, Parcel parcel, ApplicationLine::Ticket ticket) {
  const auto& settings = context_.settings;
  const auto id = parcel.state.batch_id;
  const Import batch{file_name(id, parcel.state.attempt), std::move(parcel.body), parcel.state.list_ids,
                     parcel.state.encoder};
  const auto give_up_at = context_.clock.boot() + settings.retry_budget;
  Backoff backoff{settings.retry_first, settings.retry_longest};
  ImportSoFar so_far;
  for (;;) {
    const auto answer = co_await attempt(run, batch, ticket);
    if (answer) {
      submitted(*run, id, *answer);
      co_return;
    }
    const auto& error = answer.error();
    if (error.reason == run::Reason::daily_quota) context_.lines.of(run->state.application).day_is_spent();
    auto pause = backoff.pause(context_.random);
    // The limit counts calls of a sliding second, refused ones too.
    if (error.reason == run::Reason::rate) pause += std::chrono::seconds{1};
    so_far.claim_over = context_.writer.over();
    so_far.may_repeat = !context_.draining && context_.clock.boot() + pause < give_up_at;
    const auto then = after_import(error.next_step, so_far);
    if (then != AfterImport::again) {
      not_submitted(*run, id, then, error);
      co_return;
    }
    if (error.next_step == NextStep::refresh_token) {
      so_far.token_was_refused = true;
      context_.lines.of(run->state.application).refused(ticket.token);
    } else {
      co_await context_.clock.sleep(pause);
    }
    auto next = co_await context_.lines.of(run->state.application).ticket(caller(run));
    if (!next) {
      not_submitted(*run, id, context_.writer.over() ? AfterImport::over : AfterImport::put_back, next.error());
      co_return;
    }
    ticket = std::move(*next);
    co_await context_.lines.of(run->state.application).approach_turn();
  }
}

void Sender::submitted(Run& run, const run::BatchId& id, const run::ActivityId& activity) {
  auto& batch = *run.find(id);
  batch.in_hand = false;
  batch.state.phase = BatchPhase::submitted;
  batch.state.activity_id = activity;
  batch.state.submitted_at = context_.writer.now();
  journal(context_, run, batch.state);
}

void Sender::not_submitted(Run& run, const run::BatchId& id, AfterImport then, Error error) {
  auto& batch = *run.find(id);
  batch.in_hand = false;
  switch (then) {
    case AfterImport::again:
    case AfterImport::over:
      return;
    case AfterImport::look_up:
      batch.settles_at = context_.writer.now() + context_.settings.settle;
      context_.changed.notify();
      return;
    case AfterImport::put_back:
      batch.state.phase = BatchPhase::absent;
      if (error.next_step == NextStep::refresh_token) error.reason = run::Reason::needs_authorisation;
      if (error.next_step == NextStep::wait_until && !error.until) {
        error.until = context_.lines.of(run.state.application).opens_at();
      }
      journal(context_, run, batch.state);
      if (error.next_step == NextStep::park) refused_(run.state.connection_id);
      if (!context_.draining) park(context_, run, error);
      return;
    case AfterImport::refused:
    case AfterImport::run_ends:
      refuse(run, id, error);
      refused_(run.state.connection_id);
      if (then == AfterImport::refused) return;
      stop(context_, run, run::RunStatus::failed, {batch.state.reason, batch.state.detail});
      return;
  }
}

void Sender::refuse(Run& run, const run::BatchId& id, const Error& error) {
  auto& batch = *run.find(id);
  batch.state = refused_batch(std::move(batch.state), error, context_.writer.now());
  journal(context_, run, batch.state);
}

}  // namespace delivery
