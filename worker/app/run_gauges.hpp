#pragma once

#include <cstddef>
#include <cstdint>
#include <map>

#include "run/event.hpp"
#include "telemetry/delivery_metrics.hpp"

namespace app {

/// Keeps the gauges of runs that have not ended in step with their events, and counts those that end.
class RunGauges {
 public:
  explicit RunGauges(telemetry::DeliveryMetrics& metrics) : metrics_{metrics} {}

  /// `partition`: of the outbox. `application`: index of the label. True where status or reason are other than before.
  bool apply(std::int32_t partition, const run::ResultEvent& event, std::size_t application);

  /// This process does not own the partition any more, or begins anew with it.
  void forget(std::int32_t partition);

 private:
  struct Standing {
    run::RunStatus status = run::RunStatus::not_started;
    run::Reason reason = run::Reason::none;
    std::size_t application = 0;
    double sendable = 0;
    std::int32_t partition = 0;
  };

  void add(const Standing& standing, double sign);
  void count_end(const run::RunCompleted& completed);

  telemetry::DeliveryMetrics& metrics_;
  std::map<run::RunInstance, Standing> open_;
};

}  // namespace app
