#include "telemetry/intake_metrics.hpp"

namespace telemetry {
namespace {

std::string named(const char* name) { return std::string{"segment_export_intake_"} + name; }

auto& counters(prometheus::Registry& registry, const char* name, const char* help) {
  return prometheus::BuildCounter().Name(named(name)).Help(help).Register(registry);
}

auto& gauges(prometheus::Registry& registry, const char* name, const char* help) {
  return prometheus::BuildGauge().Name(named(name)).Help(help).Register(registry);
}

}  // namespace

IntakeMetrics::IntakeMetrics(prometheus::Registry& registry, const IntakeWords& words)
    : records{counters(registry, "records_total", "Records read, by what became of them."),
              {{{"outcome", words.record_outcomes}}}},
      bytes{counters(registry, "read_bytes_total", "Bytes of the records read.").Add({})},
      members{counters(registry, "members_total", "Members decided, by verdict."), {{{"verdict", words.verdicts}}}},
      alarms{counters(registry, "alarms_total", "What needs a person, by what it is."), {{{"alarm", words.alarms}}}},
      runs_opened{counters(registry, "runs_opened_total", "Runs opened.").Add({})},
      runs_sealed{counters(registry, "runs_sealed_total", "Runs sealed, by how."), {{{"seal", words.seals}}}},
      acknowledged{counters(registry, "acknowledged_records_total", "Records that the brokers acknowledged.").Add({})},
      partitions{gauges(registry, "partitions", "Partitions of the input that this process owns.").Add({})},
      partitions_replaying{
          gauges(registry, "partitions_replaying", "Owned partitions whose state is being rebuilt.").Add({})},
      partitions_halted{
          gauges(registry, "partitions_halted", "Owned partitions that a person has to look at.").Add({})},
      open_runs{gauges(registry, "open_runs", "Runs that have not been sealed.").Add({})},
      addresses{gauges(registry, "dedupe_addresses", "Addresses remembered of open runs.").Add({})},
      dedupe_bytes{gauges(registry, "dedupe_bytes", "Memory of these addresses.").Add({})},
      open_range_bytes{gauges(registry, "open_range_bytes", "Decided rows that were not written yet.").Add({})},
      unacknowledged_bytes{
          gauges(registry, "unacknowledged_bytes", "Written, but not acknowledged by the brokers yet.").Add({})},
      behind_seconds{gauges(registry, "behind_seconds", "Age of the record that was read last, when it was read.")},
      committed_offset{gauges(registry, "committed_offset", "Offset of the last commit that was started.")},
      restart_offset{
          gauges(registry, "restart_offset", "Offset from which another life would rebuild the open runs.")} {}

}  // namespace telemetry
