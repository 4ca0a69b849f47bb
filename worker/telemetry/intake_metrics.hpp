#pragma once

#include <string>
#include <vector>

#include <prometheus/counter.h>
#include <prometheus/gauge.h>
#include <prometheus/histogram.h>
#include <prometheus/registry.h>

#include "telemetry/metric_grid.hpp"

namespace telemetry {

/// The words that intake's metrics may use as label values, each list in the order of the enum that it names.
struct IntakeWords {
  std::vector<std::string> record_outcomes;
  std::vector<std::string> verdicts;
  std::vector<std::string> alarms;
  std::vector<std::string> seals;
};

/// What intake tells to Prometheus.
///
/// Threads: the intake loop writes, any thread collects.
class IntakeMetrics {
 public:
  IntakeMetrics(prometheus::Registry& registry, const IntakeWords& words);

  MetricGrid<prometheus::Counter> records;
  prometheus::Counter& bytes;
  MetricGrid<prometheus::Counter> members;
  MetricGrid<prometheus::Counter> alarms;
  prometheus::Counter& runs_opened;
  MetricGrid<prometheus::Counter> runs_sealed;
  prometheus::Counter& acknowledged;

  prometheus::Gauge& partitions;
  prometheus::Gauge& partitions_replaying;
  prometheus::Gauge& partitions_halted;
  prometheus::Gauge& open_runs;
  prometheus::Gauge& addresses;
  prometheus::Gauge& dedupe_bytes;
  prometheus::Gauge& open_range_bytes;
  prometheus::Gauge& unacknowledged_bytes;

  PartitionGauges behind_seconds;
  PartitionGauges committed_offset;
  PartitionGauges restart_offset;
};

}  // namespace telemetry
