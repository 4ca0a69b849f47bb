#pragma once

#include <string>
#include <vector>

#include <prometheus/counter.h>
#include <prometheus/gauge.h>
#include <prometheus/histogram.h>
#include <prometheus/registry.h>

#include "telemetry/metric_grid.hpp"

namespace telemetry {

/// The words that delivery's metrics may use as label values, each list in the order of the enum that it names.
struct DeliveryWords {
  std::vector<std::string> applications;  ///< Their names in the settings.
  std::vector<std::string> calls;
  std::vector<std::string> outcomes;
  std::vector<std::string> reasons;
  std::vector<std::string> alarms;
  std::vector<std::string> claim_phases;
  std::vector<std::string> run_statuses;
  std::vector<std::string> batch_phases;
  std::vector<std::string> member_outcomes;
};

/// What delivery tells to Prometheus.
///
/// Threads: the delivery loop writes, any thread collects.
class DeliveryMetrics {
 public:
  DeliveryMetrics(prometheus::Registry& registry, const DeliveryWords& words);

  MetricGrid<prometheus::Counter> alarms;
  MetricGrid<prometheus::Gauge> claims;
  prometheus::Histogram& transaction_seconds;
  prometheus::Counter& transaction_records;
  PartitionGauges indexed_offset;
  PartitionGauges committed_offset;

  MetricGrid<prometheus::Counter, 3> requests;
  MetricGrid<prometheus::Histogram> request_seconds;
  MetricGrid<prometheus::Counter> request_errors;
  MetricGrid<prometheus::Gauge> calls_used;
  MetricGrid<prometheus::Gauge> calls_left;

  MetricGrid<prometheus::Gauge> runs;
  MetricGrid<prometheus::Gauge> runs_waiting;
  MetricGrid<prometheus::Gauge> rows_sendable;
  MetricGrid<prometheus::Counter> runs_ended;
  MetricGrid<prometheus::Counter> end_reasons;
  prometheus::Histogram& run_seconds;
  MetricGrid<prometheus::Counter> members;

  MetricGrid<prometheus::Counter> batches;
  prometheus::Counter& rows_sent;
  prometheus::Counter& rows_imported;
  prometheus::Counter& possible_duplicates;
};

}  // namespace telemetry
