#include "app/run_gauges.hpp"

#include <chrono>
#include <utility>

namespace app {
namespace {

/// Whether a run waits for nothing but its turn at the vendor.
bool only_its_turn(run::Reason reason) {
  using run::Reason;
  return reason == Reason::none || reason == Reason::rate || reason == Reason::fair_share ||
         reason == Reason::account_busy;
}

double sendable(const run::RunChanged& changed) {
  if (!only_its_turn(changed.reason.reason) || changed.rows_accepted <= changed.rows_sent) return 0;
  return static_cast<double>(changed.rows_accepted - changed.rows_sent);
}

}  // namespace

bool RunGauges::apply(std::int32_t partition, const run::ResultEvent& event, std::size_t application) {
  const auto found = open_.find(event.instance);
  if (const auto* changed = std::get_if<run::RunChanged>(&event.what)) {
    const Standing now{.status = changed->status,
                       .reason = changed->reason.reason,
                       .application = application,
                       .sendable = sendable(*changed),
                       .partition = partition};
    add(now, 1);
    if (found == open_.end()) {
      open_.emplace(event.instance, now);
      return true;
    }
    const Standing before = std::exchange(found->second, now);
    add(before, -1);
    return before.status != now.status || before.reason != now.reason;
  }
  const auto* completed = std::get_if<run::RunCompleted>(&event.what);
  if (completed == nullptr) return false;
  if (found != open_.end()) {
    add(found->second, -1);
    open_.erase(found);
  }
  count_end(*completed);
  return true;
}

void RunGauges::forget(std::int32_t partition) {
  std::erase_if(open_, [&](const auto& run) {
    const bool gone = run.second.partition == partition;
    if (gone) add(run.second, -1);
    return gone;
  });
}

void RunGauges::add(const Standing& standing, double sign) {
  metrics_.runs.at(standing.status).Increment(sign);
  metrics_.runs_waiting.at(standing.reason).Increment(sign);
  metrics_.rows_sendable.at(standing.application).Increment(sign * standing.sendable);
}

void RunGauges::count_end(const run::RunCompleted& completed) {
  metrics_.runs_ended.at(completed.status).Increment();
  if (completed.reason.reason != run::Reason::none) metrics_.end_reasons.at(completed.reason.reason).Increment();
  const run::DeliveryCounts& delivered = completed.receipt.delivered;
  std::size_t outcome = 0;
  for (const std::uint64_t members : {delivered.imported, delivered.unsubscribed, delivered.refused, delivered.failed,
                                      delivered.unknown, delivered.not_sent}) {
    metrics_.members.at(outcome++).Increment(static_cast<double>(members));
  }
  const auto took = completed.receipt.ended_at - completed.receipt.job_at;
  if (took.count() > 0) metrics_.run_seconds.Observe(std::chrono::duration<double>{took}.count());
}

}  // namespace app
