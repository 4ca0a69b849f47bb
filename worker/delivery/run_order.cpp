#include "delivery/run_order.hpp"

namespace delivery {

Place RunOrder::place(const run::RunState& state) const {
  Place place{state.job_at, state.instance.run_id};
  if (state.redrive_of.empty()) return place;
  const auto take = [&](const run::RunState& named) {
    if (named.instance.run_id == state.redrive_of && same_export(named, state)) {
      place = {named.job_at, named.instance.run_id};
    }
  };
  for (const auto& [instance, run] : of_export(state)) take(run->state);
  for (const auto& [instance, finished] : book_.finished_runs()) take(finished);
  return place;
}

const RunBook::Runs& RunOrder::of_export(const run::RunState& state) const {
  return book_.unfinished_of(state.application, state.export_id);
}

bool RunOrder::same_export(const run::RunState& a, const run::RunState& b) const {
  return a.application == b.application && a.export_id == b.export_id;
}

std::optional<run::RunInstance> RunOrder::superseded_by(const run::RunState& state) const {
  std::optional<run::RunInstance> by;
  const auto look = [&](const run::RunState& other) {
    // The named run's own intent is no reason against its redrive: it no longer counts.
    if (other.instance == state.instance || other.instance.run_id == state.redrive_of) return;
    if (other.has_intent && same_export(other, state) && place(state) < place(other)) by = other.instance;
  };
  for (const auto& [instance, run] : of_export(state)) look(run->state);
  for (const auto& [instance, finished] : book_.finished_runs()) look(finished);
  return by;
}

std::vector<RunHandle> RunOrder::superseded_with(const run::RunState& state) const {
  std::vector<RunHandle> older;
  for (const auto& [instance, run] : of_export(state)) {
    const auto& other = run->state;
    if (instance == state.instance || other.has_intent || other.stopping || !run->chain.opened()) continue;
    if (place(other) < place(state)) older.push_back(run);
  }
  return older;
}

bool RunOrder::may_begin(const Run& run) const {
  const auto& state = run.state;
  const bool queues = run.chain.opened() && run.chain.opened()->job.older_run == run::OlderRun::queue;
  for (const auto& [instance, other] : of_export(state)) {
    if (instance == state.instance) continue;
    if (other->state.has_intent) return false;
    const bool waits_before = !other->state.stopping && other->chain.opened() && place(other->state) < place(state);
    if (queues && waits_before) return false;
  }
  return true;
}

}  // namespace delivery
