#include "delivery/run_records.hpp"

#include <algorithm>
#include <utility>

#include "delivery/accounting.hpp"
#include "delivery/journal_record.hpp"
#include "wire/result.hpp"

namespace delivery {
namespace {

run::ResultEvent event_of(const Run& run, const run::RunOpened& opened, run::UtcTime at) {
  run::ResultEvent event;
  event.instance = run.instance();
  event.sequence = run.state.sequence;
  event.at = at;
  event.export_id = opened.job.export_id;
  event.export_name = opened.job.export_name;
  event.connection_id = opened.job.connection_id;
  event.application = opened.job.application;
  event.refresh_id = opened.job.refresh_id;
  return event;
}

Outgoing to_results(const run::ResultEvent& event, const run::RunOpened& opened) {
  return {Outgoing::To::results, event.instance.run_id.value, wire::encode(event), opened.trace_parent};
}

/// A batch that was to be sent again and no longer will be: its rows may be at the vendor's only if it was ever
/// ambiguous.
run::BatchState given_up(run::BatchState batch) {
  if (batch.phase != run::BatchPhase::absent) return batch;
  batch.phase = run::BatchPhase::ended;
  if (batch.possible_duplicate) batch.counts.unknown = batch.rows;
  batch.possible_duplicate = false;
  return batch;
}

}  // namespace

run::ResultEvent standing(const Run& run, run::UtcTime now, std::optional<run::UtcTime> next_look_at) {
  const auto& state = run.state;
  run::RunChanged changed;
  changed.status = state.status;
  changed.reason = state.reason;
  changed.since = state.since;
  if (state.reason.reason != run::Reason::none) changed.released_by = std::string{run::remedy(state.reason.reason)};
  changed.next_look_at = next_look_at;
  changed.deadline = state.deadline;
  changed.rows_accepted = run.chain.sealed() ? run.chain.sealed()->totals.accepted : run.chain.rows();
  changed.rows_sent = run.rows_sent();
  changed.rows_ended = run.rows_ended();
  auto event = event_of(run, run.opening(), now);
  event.what = std::move(changed);
  return event;
}

Announcement announce(Run& run, run::RunStatus status, run::ReasonNote reason, run::UtcTime now,
                      std::optional<run::UtcTime> next_look_at) {
  auto& state = run.state;
  ++state.sequence;
  if (state.status != status || state.reason.reason != reason.reason || state.sequence == 1) state.since = now;
  state.status = status;
  state.reason = std::move(reason);

  Announcement announcement;
  announcement.event = standing(run, now, next_look_at);
  announcement.records.push_back(to_journal(state));
  announcement.records.push_back(to_results(announcement.event, run.opening()));
  return announcement;
}

Announcement announce_end(Run& run, run::UtcTime now) {
  auto& state = run.state;
  ++state.sequence;

  const auto opened = run.opening();
  std::vector<run::BatchState> batches;
  for (const auto& batch : run.batches) batches.push_back(given_up(batch.state));
  const auto* sealed = run.chain.sealed() ? &*run.chain.sealed() : nullptr;
  auto completed = complete({.opened = opened,
                             .sealed = sealed,
                             .mark = run.chain.mark(),
                             .state = state,
                             .batches = batches,
                             .ended_at = now});
  state.status = completed.status;
  state.reason = completed.reason;
  state.since = now;
  state.finished = true;
  state.finished_at = now;
  state.index.reset();
  state.warnings.clear();

  Announcement announcement;
  announcement.event = event_of(run, opened, now);
  announcement.event.what = std::move(completed);
  announcement.records.push_back(to_journal(state));
  announcement.records.push_back(to_results(announcement.event, opened));
  for (const auto& batch : batches) announcement.records.push_back(out_of_journal(batch));
  return announcement;
}

run::UtcTime deadline_of(run::UtcTime opened_at, run::UtcTime job_at, std::chrono::milliseconds limit,
                         std::chrono::milliseconds input_retention) {
  return std::min(opened_at + limit, job_at + input_retention - std::chrono::days{1});
}

run::RunState first_state(const run::RunOpened& opened, std::int64_t outbox_offset, run::UtcTime deadline) {
  run::RunState state;
  state.instance = opened.instance;
  state.export_id = opened.job.export_id;
  state.connection_id = opened.job.connection_id;
  state.application = opened.job.application;
  state.job_at = opened.job_at;
  state.deadline = deadline;
  state.opened_at_offset = outbox_offset;
  state.redrive_of = opened.job.redrive_of;
  return state;
}

Outgoing to_rejects(const run::RejectedMember& member, const std::string& trace_parent) {
  return {Outgoing::To::rejects, member.instance.run_id.value, wire::encode(member), trace_parent};
}

}  // namespace delivery
