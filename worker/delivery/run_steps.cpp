#include "delivery/run_steps.hpp"

#include <algorithm>
#include <utility>

#include "delivery/journal_record.hpp"
#include "delivery/run_records.hpp"

namespace delivery {

void publish(ClaimContext& context, Run& run, run::RunStatus status, run::ReasonNote reason,
             std::optional<run::UtcTime> next_look_at) {
  auto announcement = announce(run, status, std::move(reason), context.writer.now(), next_look_at);
  context.writer.add(std::move(announcement.records));
  context.tell(announcement.event);
}

void stop(ClaimContext& context, Run& run, run::RunStatus status, run::ReasonNote reason) {
  if (run.state.stopping || run.finishing) return;
  run.state.stopping = true;
  publish(context, run, status, std::move(reason));
  context.changed.notify();
}

run::Reason reason_of(const Error& error) {
  return error.reason == run::Reason::none ? run::Reason::kafka_unavailable : error.reason;
}

void park(ClaimContext& context, Run& run, const Error& error) {
  const auto& settings = context.settings;
  Park parked;
  parked.reason = reason_of(error);
  parked.detail = error.detail;
  parked.pause = run.park ? std::min<std::chrono::nanoseconds>(run.park->pause * 2, settings.park_longest)
                          : std::chrono::nanoseconds{settings.park_first};
  const auto pause = std::chrono::duration_cast<std::chrono::milliseconds>(parked.pause);
  parked.until = error.until.value_or(context.writer.now() + pause);
  if (const auto* entry = context.directory.connection(run.state.connection_id)) {
    parked.connection_record = entry->record_offset;
    const auto* token =
        context.credentials.newest(entry->connection.application, entry->connection.id, entry->connection.grant_id);
    if (token != nullptr) parked.generation = token->name.generation;
  }
  run.park = std::move(parked);
  context.changed.notify();
}

void unanswered(ClaimContext& context, const std::vector<BatchHandle>& batches, const Error& error,
                run::UtcTime next_look) {
  for (const auto& handle : batches) handle.run->unanswered = {{reason_of(error), error.detail}, next_look};
  context.changed.notify();
}

void answered(ClaimContext& context, const std::vector<BatchHandle>& batches) {
  for (const auto& handle : batches) handle.run->unanswered.reset();
  context.changed.notify();
}

void note(ClaimContext& context, const Run& run) {
  JournalWriter::Unit unit{to_journal(run.state)};
  context.writer.add(std::move(unit));
}

void journal(ClaimContext& context, Run& run, const run::BatchState& batch) {
  JournalWriter::Unit unit{to_journal(batch)};
  if (run.state.stopping) {
    unit.push_back(to_journal(run.state));
    context.writer.add(std::move(unit));
  } else {
    auto announcement = announce(run, run.state.status, run.state.reason, context.writer.now());
    for (auto& record : announcement.records) unit.push_back(std::move(record));
    context.writer.add(std::move(unit));
    context.tell(announcement.event);
  }
  context.observer.batch_changed(batch);
  context.changed.notify();
}

}  // namespace delivery
