#pragma once

#include <string>

#include <prometheus/gauge.h>
#include <prometheus/registry.h>

namespace telemetry {

/// What this process is.
struct ProcessMetrics {
  ProcessMetrics(prometheus::Registry& registry, const std::string& version, const std::string& kafka_client_version);

  prometheus::Gauge& build;
  prometheus::Gauge& start_time_seconds;
  prometheus::Gauge& ready;
};

/// All metrics of the registry in Prometheus' text format.
std::string metrics_text(const prometheus::Registry& registry);

}  // namespace telemetry
