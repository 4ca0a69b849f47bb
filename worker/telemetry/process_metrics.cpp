#include "telemetry/process_metrics.hpp"

#include <sstream>

#include <prometheus/text_serializer.h>

namespace telemetry {

ProcessMetrics::ProcessMetrics(prometheus::Registry& registry, const std::string& version,
                               const std::string& kafka_client_version)
    : build{prometheus::BuildGauge()
                .Name("segment_export_build_info")
                .Help("Always 1; the labels say which program this is.")
                .Register(registry)
                .Add({{"version", version}, {"librdkafka", kafka_client_version}})},
      start_time_seconds{prometheus::BuildGauge()
                             .Name("segment_export_start_time_seconds")
                             .Help("When the process began, in seconds since 1970 UTC.")
                             .Register(registry)
                             .Add({})},
      ready{prometheus::BuildGauge()
                .Name("segment_export_ready")
                .Help("Whether /readyz says so at the moment of the scrape.")
                .Register(registry)
                .Add({})} {
  build.Set(1);
  start_time_seconds.SetToCurrentTime();
}

std::string metrics_text(const prometheus::Registry& registry) {
  std::ostringstream text;
  prometheus::TextSerializer{}.Serialize(text, registry.Collect());
  return text.str();
}

}  // namespace telemetry
