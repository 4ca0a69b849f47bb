#include "delivery/dispatcher.hpp"

#include <algorithm>
#include <utility>

#include "delivery/run_orders.hpp"
#include "delivery/run_steps.hpp"
#include "delivery/vendor_calls.hpp"

namespace delivery {
namespace asio = boost::asio;
using namespace std::chrono_literals;
namespace {

/// What comes together is looked at together.
constexpr auto gather = 10ms;
/// Not everything that ripens with time says when.
constexpr auto longest_between_looks = 10s;
constexpr std::size_t most_preflights = 4;

}  // namespace

Dispatcher::Dispatcher(ClaimContext& context, BatchPacker& packer)
    : context_{context},
      preflight_{context},
      sender_{context, packer, [this](const Run& run) { return may_intend(run); },
              [this](const run::ConnectionId& connection) { refused(connection); }},
      poller_{context},
      resolver_{context},
      finisher_{context} {}

asio::awaitable<void> Dispatcher::run() {
  for (;;) {
    const auto next = look();
    co_await context_.changed.wait_at_most(context_.clock, next - context_.writer.now());
    co_await context_.clock.sleep(gather);
  }
}

run::UtcTime Dispatcher::look() {
  const auto now = context_.writer.now();
  auto next = now + std::chrono::milliseconds{longest_between_looks};
  if (context_.draining || context_.writer.over()) return next;
  const AccountLoads loads{context_.book};
  follow(loads);
  waiting_for_account_.clear();
  std::vector<Candidate> candidates;
  for (const auto& [instance, run] : context_.book.unfinished()) {
    const auto plan = plan_for(*run, loads);
    if (plan.look_again_at && *plan.look_again_at > now) next = std::min(next, *plan.look_again_at);
    // What becomes of a stopped run is the next look's to say, and nobody else wakes this one.
    if (plan.next == Plan::Do::stop) next = now;
    carry_out(run, plan, candidates);
    publish_rejects(run);
  }
  send(std::move(candidates));
  return next;
}

Plan Dispatcher::plan_for(const Run& run, const AccountLoads& loads) const {
  const auto orders = orders_for(run, context_.directory, context_.clock.boot(), context_.settings);
  return plan(run, orders, surroundings(run, loads), context_.writer.now(), context_.settings);
}

Surroundings Dispatcher::surroundings(const Run& run, const AccountLoads& loads) const {
  const auto now = context_.writer.now();
  Surroundings around;
  const auto* entry = context_.directory.connection(run.state.connection_id);
  if (!run.chain.opened() || run.state.stopping) return around;
  around.may_begin = context_.order.may_begin(run);
  around.account_free = loads.is_free_for(run);
  around.account_open = loads.open_at(account_of(run));
  if (entry != nullptr) {
    const auto& connection = entry->connection;
    around.cleared = run.clearance && context_.clock.boot() < run.clearance->good_until &&
                     run.clearance->connection_record == entry->record_offset &&
                     run.clearance->grant == connection.grant_id;
    if (run.park) {
      const auto* token = context_.credentials.newest(connection.application, connection.id, connection.grant_id);
      const bool same_token = token == nullptr ? !run.park->generation : run.park->generation == token->name.generation;
      around.park_holds = now < run.park->until && run.park->connection_record == entry->record_offset && same_token;
    }
  }
  const auto& line = context_.lines.of(run.state.application);
  around.quota_left = line.calls_left(send_purpose(run.chain.opened()->job)) > 0;
  around.quota_opens_at = line.opens_at();
  return around;
}

bool Dispatcher::may_intend(const Run& run) const {
  if (context_.draining) return false;
  const auto orders = orders_for(run, context_.directory, context_.clock.boot(), context_.settings);
  auto around = surroundings(run, AccountLoads{context_.book});
  around.quota_left = true;  // Its call is counted already.
  return run.clearance && delivery::may_intend(run, orders, around, context_.writer.now());
}

void Dispatcher::carry_out(const RunHandle& run, const Plan& plan, std::vector<Candidate>& candidates) {
  if (plan.next == Plan::Do::stop) return stop(context_, *run, plan.status, plan.reason);
  if (plan.next == Plan::Do::finish) {
    run->finishing = true;
    context_.tasks.spawn(finisher_.finish(run));
    return;
  }
  if (plan.reason.reason == run::Reason::account_busy) ++waiting_for_account_[account_of(*run)];
  // A parked run that is tried again has news only once the try has succeeded.
  const bool trying = plan.next != Plan::Do::wait && run->park;
  const bool is_known = run->chain.opened() || run->state.sequence > 0;
  if (is_known && !trying && !run->state.stopping && !run->finishing &&
      is_news(run->state, plan.status, plan.reason.reason)) {
    publish(context_, *run, plan.status, plan.reason, plan.look_again_at);
  }
  if (plan.next == Plan::Do::preflight) {
    const auto* entry = context_.directory.connection(run->state.connection_id);
    if (entry == nullptr || !may_preflight(run->state.connection_id)) return;
    run->preflighting = true;
    preflighting_.insert(run->state.connection_id);
    context_.tasks.spawn(preflight(run, *entry));
  }
  if (plan.next == Plan::Do::send) {
    const auto& state = run->state;
    Contender contender{state.application, account_of(*run), state.connection_id, state.export_id,
                        context_.order.place(state)};
    candidates.push_back({run, std::move(contender)});
  }
}

void Dispatcher::publish_rejects(const RunHandle& run) {
  const bool whole = run->chain.state() == RunChain::State::complete;
  if (!whole || !run->state.has_intent || run->finishing || run->publishing_rejects || run->rejects_published) return;
  run->publishing_rejects = true;
  context_.tasks.spawn(finisher_.publish_ahead(run));
}

void Dispatcher::follow(const AccountLoads& loads) {
  for (const auto& [account, load] : loads.all()) {
    if (load.unresolved) resolver_.resolve(account);
    if (load.newest_submitted != run::UtcTime{}) poller_.watch(account, load.newest_submitted);
  }
  std::erase_if(in_turn_, [&](const run::AccountId& account) {
    const bool ended = loads.open_at(account) == 0;
    if (ended) turns_.ended(account);
    return ended;
  });
}

void Dispatcher::send(std::vector<Candidate> candidates) {
  while (!candidates.empty() && sends() < context_.settings.bodies_in_memory) {
    std::vector<Contender> contenders;
    for (const auto& candidate : candidates) contenders.push_back(candidate.contender);
    const auto chosen = queue_.choose(contenders);
    const auto [run, contender] = candidates[*chosen];
    candidates.erase(candidates.begin() + static_cast<std::ptrdiff_t>(*chosen));
    const bool others_wait = waiting_for_account_.contains(contender.account) ||
                             std::any_of(candidates.begin(), candidates.end(), [&](const Candidate& other) {
                               return other.contender.account == contender.account;
                             });
    if (!turns_.may_send(contender.account, run->instance(), context_.settings.parallel_batches, others_wait)) {
      continue;
    }
    turns_.began(contender.account, run->instance());
    in_turn_.insert(contender.account);
    queue_.served(contender);
    run->packing = true;
    context_.tasks.spawn(sender_.send(run));
    std::erase_if(candidates, [&](const Candidate& other) { return other.contender.account == contender.account; });
  }
}

bool Dispatcher::may_preflight(const run::ConnectionId& connection) const {
  // The answers for one run of a connection will do for the others as well.
  return preflighting_.size() < most_preflights && !preflighting_.contains(connection);
}

std::size_t Dispatcher::sends() const {
  const auto& runs = context_.book.unfinished();
  const auto packing = std::count_if(runs.begin(), runs.end(), [](const auto& entry) { return entry.second->packing; });
  return static_cast<std::size_t>(packing) + sender_.answering();
}

asio::awaitable<void> Dispatcher::preflight(RunHandle run, Directory::Entry connection) {
  auto cleared = co_await preflight_.clear(run, connection);
  run->preflighting = false;
  preflighting_.erase(connection.connection.id);
  context_.changed.notify();
  if (cleared) {
    run->clearance = std::move(*cleared);
    if (run->state.account_id.empty()) {
      run->state.account_id = run->clearance->account;
      run->state.grant_id = run->clearance->grant;
      note(context_, *run);
    }
    co_return;
  }
  const auto& error = cleared.error();
  switch (error.next_step) {
    case NextStep::stop:
      co_return;
    case NextStep::reject:
      refused(connection.connection.id);
      stop(context_, *run, run::RunStatus::failed, {error.reason, error.detail});
      co_return;
    case NextStep::wait_until:
      park(context_, *run, error);
      co_return;
    case NextStep::retry:
    case NextStep::look_up:
    case NextStep::refresh_token:
    case NextStep::split:
    case NextStep::park:
      refused(connection.connection.id);
      park(context_, *run, error);
      co_return;
  }
}

void Dispatcher::refused(const run::ConnectionId& connection) {
  preflight_.forget(connection);
  for (const auto& [instance, run] : context_.book.unfinished()) {
    if (run->state.connection_id == connection && !run->packing) run->clearance.reset();
  }
}

}  // namespace delivery
