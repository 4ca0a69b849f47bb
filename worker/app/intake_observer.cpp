#include "app/intake_observer.hpp"

#include <string>

#include "app/by_partition.hpp"
#include "app/metric_words.hpp"

namespace app {
namespace {

using telemetry::Level;

template <class Enum>
const std::string& word(const std::vector<std::string>& words, Enum value) {
  return words[static_cast<std::size_t>(value)];
}

template <class Number>
void set(prometheus::Gauge& gauge, Number value) {
  gauge.Set(static_cast<double>(value));
}

}  // namespace

IntakeObserver::IntakeObserver(telemetry::IntakeMetrics& metrics, telemetry::Log& log)
    : metrics_{metrics}, log_{log}, words_{intake_words()} {}

void IntakeObserver::alarm(std::int32_t partition, intake::Alarm alarm, std::string_view detail) {
  metrics_.alarms.at(alarm).Increment();
  log_.write_limited(Level::error, "intake alarm " + word(words_.alarms, alarm),
                     {{"partition", partition}, {"detail", detail}, {"remedy", remedy(alarm)}});
  const bool halts = alarm == intake::Alarm::no_committed_offset || alarm == intake::Alarm::offset_outside_log;
  if (halts) halts_[partition] = " is halted: " + std::string{detail} + ": " + std::string{remedy(alarm)};
}

void IntakeObserver::assigned(std::int32_t partition, std::int64_t from, std::int64_t committed) {
  halts_.erase(partition);
  log_.write(Level::info, "input partition assigned",
             {{"partition", partition}, {"offset", from}, {"committed", committed}});
}

void IntakeObserver::revoked(std::int32_t partition) {
  metrics_.behind_seconds.forget(partition);
  metrics_.committed_offset.forget(partition);
  metrics_.restart_offset.forget(partition);
  halts_.erase(partition);
  log_.write(Level::info, "input partition revoked", {{"partition", partition}});
}

void IntakeObserver::run_opened(const run::RunOpened& opened) {
  metrics_.runs_opened.Increment();
  log_.write(Level::info, "run opened",
             {{"run_id", opened.instance.run_id.value},
              {"export_id", opened.job.export_id.value},
              {"partition", opened.instance.partition},
              {"offset", opened.instance.job_offset}});
}

void IntakeObserver::run_sealed(const run::RunSealed& sealed) {
  metrics_.runs_sealed.at(sealed.cause).Increment();
  log_.write(Level::info, "run sealed",
             {{"run_id", sealed.instance.run_id.value},
              {"partition", sealed.instance.partition},
              {"offset", sealed.at.offset},
              {"seal", word(words_.seals, sealed.cause)},
              {"received", sealed.totals.received},
              {"accepted", sealed.totals.accepted}});
}

void IntakeObserver::read(const intake::Tally& tally) {
  for (std::size_t outcome = 0; outcome < tally.records.size(); ++outcome) {
    if (tally.records[outcome] > 0) metrics_.records.at(outcome).Increment(static_cast<double>(tally.records[outcome]));
  }
  for (std::size_t verdict = 0; verdict < tally.members.size(); ++verdict) {
    if (tally.members[verdict] > 0) metrics_.members.at(verdict).Increment(static_cast<double>(tally.members[verdict]));
  }
  metrics_.bytes.Increment(static_cast<double>(tally.bytes));
}

void IntakeObserver::behind(std::int32_t partition, std::chrono::milliseconds lag) {
  metrics_.behind_seconds.set(partition, std::chrono::duration<double>{lag}.count());
}

void IntakeObserver::acknowledged(std::size_t records) {
  metrics_.acknowledged.Increment(static_cast<double>(records));
}

void IntakeObserver::commit_started(std::int32_t partition, std::int64_t offset, std::int64_t restart) {
  metrics_.committed_offset.set(partition, static_cast<double>(offset));
  metrics_.restart_offset.set(partition, static_cast<double>(restart));
}

void IntakeObserver::holds(const intake::Holdings& holdings) {
  held_ = holdings;
  set(metrics_.partitions, holdings.partitions);
  set(metrics_.partitions_replaying, holdings.replaying);
  set(metrics_.partitions_halted, holdings.halted);
  set(metrics_.open_runs, holdings.open_runs);
  set(metrics_.addresses, holdings.addresses);
  set(metrics_.dedupe_bytes, holdings.dedupe_bytes);
  set(metrics_.open_range_bytes, holdings.open_range_bytes);
  set(metrics_.unacknowledged_bytes, holdings.unacknowledged_bytes);
}

std::string IntakeObserver::what_is_missing() const {
  if (!halts_.empty()) return by_partition(halts_);
  if (held_.replaying > 0) return "rebuilds the open runs of " + std::to_string(held_.replaying) + " partitions";
  return "has not joined its group";
}

}  // namespace app
