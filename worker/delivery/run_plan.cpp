#include "delivery/run_plan.hpp"

#include <utility>

namespace delivery {
namespace {

using run::Reason;
using run::RunStatus;
using Do = Plan::Do;

Plan stop(RunStatus status, Reason reason, std::string detail) {
  return {Do::stop, status, {reason, std::move(detail)}, {}};
}

Plan wait(RunStatus status, Reason reason, std::string detail = {}, std::optional<run::UtcTime> look_again_at = {}) {
  return {Do::wait, status, {reason, std::move(detail)}, look_again_at};
}

bool is_whole(const Run& run) { return run.chain.state() == RunChain::State::complete; }

/// What ends a run whatever else is true of it.
std::optional<Plan> end_of(const Run& run, const Orders& orders) {
  switch (run.chain.state()) {
    case RunChain::State::rules_changed:
      return stop(RunStatus::failed, Reason::rules_changed, "the run was decided under two sets of rules");
    case RunChain::State::gap:
      return stop(RunStatus::failed, Reason::outbox_gap, "part of the run is not in the outbox");
    case RunChain::State::open:
    case RunChain::State::complete:
      break;
  }
  if (orders.canceled) return stop(RunStatus::canceled, Reason::canceled_by_operator, {});
  if (orders.removed) return stop(RunStatus::canceled, Reason::connection_removed, {});
  if (orders.other_application) {
    return stop(RunStatus::failed, Reason::connection_changed, "the connection belongs to another application");
  }
  return std::nullopt;
}

/// Before its seal only full batches of a run that takes what fits under its cap; and none of a run that might have to
/// be discarded as incomplete.
bool may_send_rows(const Run& run, const Settings& settings) {
  const auto unsent = run.chain.rows() - run.rows_in_batches();
  if (run.absent() != nullptr) return true;
  if (is_whole(run)) return unsent > 0;
  if (!run.chain.opened() || run.chain.sealed()) return false;
  const auto& job = run.chain.opened()->job;
  return job.over_cap == run::OverCap::truncate && job.incomplete == run::Incomplete::deliver &&
         unsent >= settings.packing.max_rows;
}

/// A run that waits for its own open batches waits for what keeps the vendor from telling about them.
Plan because_unanswered(Plan plan, const Run& run) {
  const bool for_its_batches = plan.next == Do::wait && !run::is_final(plan.status) &&
                               (plan.reason.reason == Reason::none || plan.reason.reason == Reason::account_busy);
  if (!for_its_batches || !run.unanswered || run.open_batches() == 0) return plan;
  return wait(RunStatus::retrying, run.unanswered->reason.reason, run.unanswered->reason.detail,
              run.unanswered->next_look);
}

/// What a run that could send something still waits for.
std::optional<Plan> obstacle(const Run& run, const Orders& orders, const Surroundings& around) {
  const bool begun = run.state.has_intent;
  const auto calm = begun ? RunStatus::processing : RunStatus::queued;
  if (orders.paused) return wait(calm, Reason::paused);
  if (orders.sure_missing) return wait(RunStatus::retrying, Reason::no_connection, "the job names no known connection");
  if (orders.missing) return wait(calm, Reason::none);
  if (!orders.consented)
    return wait(RunStatus::retrying, Reason::no_consent, "nobody has consented to this connection");
  if (run.park && around.park_holds) {
    return wait(RunStatus::retrying, run.park->reason, run.park->detail, run.park->until);
  }
  if (!around.quota_left) return wait(calm, Reason::daily_quota, {}, around.quota_opens_at);
  if (!begun && !around.may_begin) return wait(calm, Reason::fair_share, "another run of the export stands before it");
  return std::nullopt;
}

Plan plan_of_run(const Run& run, const Orders& orders, const Surroundings& around, run::UtcTime now,
                 const Settings& settings) {
  const auto& state = run.state;
  const bool late = now >= state.deadline;
  const bool quiet = run.open_batches() == 0 && !run.packing && !run.preflighting && !run.publishing_rejects;
  if (run.finishing) return wait(state.status, state.reason.reason, state.reason.detail);

  if (state.stopping) {
    // Its totals come with the seal; where none comes by the deadline they are published as unknown.
    if (quiet && (run.chain.sealed() || late)) return {Do::finish, state.status, state.reason, {}};
    auto waiting = wait(state.status, state.reason.reason, state.reason.detail);
    if (!late) waiting.look_again_at = state.deadline;
    return waiting;
  }
  if (auto end = end_of(run, orders)) return *end;

  SealVerdict verdict;
  if (is_whole(run)) verdict = judge(*run.chain.opened(), *run.chain.sealed());
  if (verdict.next == SealVerdict::Next::finish) {
    if (verdict.status != RunStatus::successful) return stop(verdict.status, verdict.reason, verdict.detail);
    return quiet ? Plan{Do::finish, verdict.status, {}, {}} : wait(state.status, Reason::none);
  }
  if (is_whole(run) && run.rows_in_batches() == run.chain.rows() && run.absent() == nullptr) {
    if (quiet) return {Do::finish, RunStatus::successful, {}, {}};
    return wait(RunStatus::processing, Reason::none);
  }
  if (late && !run.chain.sealed()) {
    return stop(RunStatus::failed, Reason::outbox_gap, "no end of the run came into the outbox by the deadline");
  }
  if (late) return end_at_deadline(state.reason);

  const bool held = verdict.next == SealVerdict::Next::hold && !orders.released;
  if (held) return wait(verdict.status, verdict.reason, verdict.detail, state.deadline);
  if (!may_send_rows(run, settings)) {
    if (state.has_intent) return wait(RunStatus::processing, Reason::waiting_for_members, {}, state.deadline);
    return wait(RunStatus::not_started, Reason::waiting_for_members, {}, state.deadline);
  }
  if (auto waiting = obstacle(run, orders, around)) {
    if (!waiting->look_again_at || *waiting->look_again_at > state.deadline) waiting->look_again_at = state.deadline;
    return *waiting;
  }
  const auto calm = state.has_intent ? RunStatus::processing : RunStatus::queued;
  if (run.preflighting || run.packing) return wait(calm, Reason::none, {}, state.deadline);
  if (!around.cleared) return {Do::preflight, calm, {}, state.deadline};
  if (!around.account_free) return wait(calm, Reason::account_busy, {}, state.deadline);
  if (run.open_batches() >= settings.parallel_batches || around.account_open >= settings.account_activities) {
    return wait(calm, Reason::none, {}, state.deadline);
  }
  return {Do::send, calm, {}, state.deadline};
}

}  // namespace

bool may_intend(const Run& run, const Orders& orders, const Surroundings& around, run::UtcTime now) {
  return !run.state.stopping && !run.finishing && now < run.state.deadline && !end_of(run, orders) &&
         !obstacle(run, orders, around) && around.account_free;
}

Plan end_at_deadline(const run::ReasonNote& waiting_for) {
  switch (waiting_for.reason) {
    case Reason::held_over_cap:
      return stop(RunStatus::skipped, Reason::over_cap, waiting_for.detail);
    case Reason::no_connection:
      return stop(RunStatus::skipped, waiting_for.reason, waiting_for.detail);
    case Reason::no_consent:
    case Reason::missing_privilege:
    case Reason::list_missing:
    case Reason::import_refused:
      return stop(RunStatus::failed, waiting_for.reason, waiting_for.detail);
    default: {
      std::string detail = "the deadline has passed";
      if (waiting_for.reason != Reason::none)
        detail += " while the run waited: " + std::string{name(waiting_for.reason)};
      return stop(RunStatus::failed, Reason::deadline, std::move(detail));
    }
  }
}

Plan plan(const Run& run, const Orders& orders, const Surroundings& around, run::UtcTime now,
          const Settings& settings) {
  return because_unanswered(plan_of_run(run, orders, around, now, settings), run);
}

bool is_news(const run::RunState& before, run::RunStatus status, run::Reason reason) {
  if (before.status != status) return true;
  const auto passing = [](Reason why) {
    return why == Reason::none || why == Reason::account_busy || why == Reason::fair_share || why == Reason::rate;
  };
  return before.reason.reason != reason && !(passing(before.reason.reason) && passing(reason));
}

}  // namespace delivery
