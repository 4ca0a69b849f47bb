#include "app/delivery_observer.hpp"

#include <algorithm>
#include <string>

#include "app/by_partition.hpp"

namespace app {
namespace {

using telemetry::Level;

double seconds(std::chrono::nanoseconds time) { return std::chrono::duration<double>{time}.count(); }

template <class Enum>
const std::string& word(const std::vector<std::string>& words, Enum value) {
  return words[static_cast<std::size_t>(value)];
}

bool is_restored(delivery::ClaimPhase phase) {
  return phase == delivery::ClaimPhase::working || phase == delivery::ClaimPhase::draining;
}

}  // namespace

DeliveryObserver::DeliveryObserver(telemetry::DeliveryMetrics& metrics, telemetry::Log& log,
                                   const ApplicationLabels& applications)
    : metrics_{metrics}, log_{log}, applications_{applications}, words_{delivery_words(applications)}, runs_{metrics} {}

void DeliveryObserver::alarm(std::int32_t partition, delivery::Alarm alarm, std::string_view detail) {
  metrics_.alarms.at(alarm).Increment();
  log_.write_limited(Level::error, "delivery alarm " + word(words_.alarms, alarm),
                     {{"partition", partition}, {"detail", detail}, {"remedy", remedy(alarm)}});
  troubles_[partition] =
      ": " + word(words_.alarms, alarm) + " (" + std::string{detail} + "): " + std::string{remedy(alarm)};
}

void DeliveryObserver::claim_changed(std::int32_t partition, delivery::ClaimPhase phase) {
  if (const auto found = claims_.find(partition); found != claims_.end()) {
    metrics_.claims.at(found->second).Decrement();
    claims_.erase(found);
  }
  if (phase == delivery::ClaimPhase::ended) {
    metrics_.indexed_offset.forget(partition);
    metrics_.committed_offset.forget(partition);
    troubles_.erase(partition);
  } else {
    claims_.emplace(partition, phase);
    metrics_.claims.at(phase).Increment();
  }
  if (phase == delivery::ClaimPhase::working) troubles_.erase(partition);
  if (phase == delivery::ClaimPhase::taking_over || phase == delivery::ClaimPhase::ended) runs_.forget(partition);
  log_.write(Level::info, "claim changed", {{"partition", partition}, {"phase", word(words_.claim_phases, phase)}});
}

void DeliveryObserver::committed(std::int32_t /*partition*/, std::size_t records, std::chrono::nanoseconds took) {
  metrics_.transaction_seconds.Observe(seconds(took));
  metrics_.transaction_records.Increment(static_cast<double>(records));
}

void DeliveryObserver::indexed(std::int32_t partition, std::int64_t offset) {
  metrics_.indexed_offset.set(partition, static_cast<double>(offset));
}

void DeliveryObserver::offset_committed(std::int32_t partition, std::int64_t offset) {
  metrics_.committed_offset.set(partition, static_cast<double>(offset));
}

void DeliveryObserver::answered(const run::ApplicationId& application, delivery::VendorCall call,
                                const delivery::Error* error, std::chrono::nanoseconds took) {
  metrics_.requests.at(applications_.index(application), call, outcome_index(error)).Increment();
  metrics_.request_seconds.at(call).Observe(seconds(took));
  if (error == nullptr) return;
  metrics_.request_errors.at(error->reason).Increment();
  log_.write_limited(Level::warning, "request without the answer asked for",
                     {{"application", applications_.name(application)},
                      {"call", word(words_.calls, call)},
                      {"next_step", words_.outcomes[outcome_index(error)]},
                      {"reason", word(words_.reasons, error->reason)},
                      {"detail", error->detail},
                      {"milliseconds", std::chrono::duration_cast<std::chrono::milliseconds>(took).count()}});
}

void DeliveryObserver::calls_left(const run::ApplicationId& application, std::uint32_t used, std::uint32_t left) {
  const std::size_t index = applications_.index(application);
  metrics_.calls_used.at(index).Set(used);
  metrics_.calls_left.at(index).Set(left);
}

void DeliveryObserver::run_restored(std::int32_t partition, const run::ResultEvent& event) {
  runs_.apply(partition, event, applications_.index(event.application));
}

void DeliveryObserver::run_changed(std::int32_t partition, const run::ResultEvent& event) {
  const auto* changed = std::get_if<run::RunChanged>(&event.what);
  const auto* completed = std::get_if<run::RunCompleted>(&event.what);
  if (changed == nullptr && completed == nullptr) return;
  const std::size_t application = applications_.index(event.application);
  if (!runs_.apply(partition, event, application)) return;
  const run::RunStatus status = changed != nullptr ? changed->status : completed->status;
  const run::ReasonNote& reason = changed != nullptr ? changed->reason : completed->reason;
  log_.write(Level::info, completed != nullptr ? "run ended" : "run changed",
             {{"run_id", event.instance.run_id.value},
              {"export_id", event.export_id.value},
              {"connection_id", event.connection_id.value},
              {"application", applications_.names()[application]},
              {"status", word(words_.run_statuses, status)},
              {"reason", word(words_.reasons, reason.reason)},
              {"detail", reason.detail},
              {"sequence", event.sequence}});
}

void DeliveryObserver::batch_changed(const run::BatchState& batch) {
  metrics_.batches.at(batch.phase).Increment();
  if (batch.phase == run::BatchPhase::submitted) metrics_.rows_sent.Increment(static_cast<double>(batch.rows));
  if (batch.phase == run::BatchPhase::ended) {
    if (batch.possible_duplicate) metrics_.possible_duplicates.Increment();
    metrics_.rows_imported.Increment(static_cast<double>(batch.counts.imported));
  }
  log_.write(Level::info, "batch changed",
             {{"run_id", batch.instance.run_id.value},
              {"batch_id", batch.batch_id.value},
              {"attempt", batch.attempt},
              {"phase", word(words_.batch_phases, batch.phase)},
              {"activity_id", batch.activity_id.value},
              {"rows", batch.rows},
              {"bytes", batch.bytes},
              {"reason", word(words_.reasons, batch.reason)}});
}

std::string DeliveryObserver::what_is_missing() const {
  if (!troubles_.empty()) return by_partition(troubles_);
  if (claims_.empty()) return "has not joined its group, or owns nothing yet";
  const auto restored = std::ranges::count_if(claims_, [](const auto& claim) { return is_restored(claim.second); });
  return "has taken over " + std::to_string(restored) + " of " + std::to_string(claims_.size()) + " partitions";
}

}  // namespace app
