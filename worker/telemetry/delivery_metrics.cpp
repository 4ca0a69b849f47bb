#include "telemetry/delivery_metrics.hpp"

namespace telemetry {
namespace {

using prometheus::BuildCounter;
using prometheus::BuildGauge;
using prometheus::BuildHistogram;
using Buckets = prometheus::Histogram::BucketBoundaries;

std::string named(const char* name) { return std::string{"segment_export_delivery_"} + name; }

auto& counters(prometheus::Registry& registry, const char* name, const char* help) {
  return BuildCounter().Name(named(name)).Help(help).Register(registry);
}

auto& gauges(prometheus::Registry& registry, const char* name, const char* help) {
  return BuildGauge().Name(named(name)).Help(help).Register(registry);
}

auto& histograms(prometheus::Registry& registry, const char* name, const char* help) {
  return BuildHistogram().Name(named(name)).Help(help).Register(registry);
}

const Buckets transaction_buckets{0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10};
const Buckets request_buckets{0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 20, 30, 60};
const Buckets run_buckets{10, 30, 60, 120, 300, 600, 1'800, 3'600, 7'200, 21'600, 86'400, 259'200};

}  // namespace

DeliveryMetrics::DeliveryMetrics(prometheus::Registry& registry, const DeliveryWords& words)
    : alarms{counters(registry, "alarms_total", "What needs a person, by what it is."), {{{"alarm", words.alarms}}}},
      claims{gauges(registry, "claims", "Partitions of the outbox that this process owns, by phase of the claim."),
             {{{"phase", words.claim_phases}}}},
      transaction_seconds{histograms(registry, "transaction_seconds", "Time that committed Kafka transactions took.")
                              .Add({}, transaction_buckets)},
      transaction_records{
          counters(registry, "transaction_records_total", "Records in committed Kafka transactions.").Add({})},
      indexed_offset{gauges(registry, "outbox_indexed_offset", "Last offset of the outbox that was indexed.")},
      committed_offset{
          gauges(registry, "outbox_committed_offset", "Offset of the outbox from which another life would start.")},
      requests{counters(registry, "requests_total", "Requests to the vendor, by call and by what was done next."),
               {{{"application", words.applications}, {"call", words.calls}, {"outcome", words.outcomes}}}},
      request_seconds{histograms(registry, "request_seconds", "Time from the start of a request to its answer."),
                      {{{"call", words.calls}}},
                      request_buckets},
      request_errors{counters(registry, "request_errors_total", "Requests without the answer that was asked for."),
                     {{{"reason", words.reasons}}}},
      calls_used{gauges(registry, "calls_used", "Calls of this UTC day that were used."),
                 {{{"application", words.applications}}}},
      calls_left{gauges(registry, "calls_left", "Calls of this UTC day that are left."),
                 {{{"application", words.applications}}}},
      runs{gauges(registry, "runs", "Runs that have not ended, by status."), {{{"status", words.run_statuses}}}},
      runs_waiting{gauges(registry, "runs_waiting", "Runs that have not ended, by what they wait for."),
                   {{{"reason", words.reasons}}}},
      rows_sendable{gauges(registry, "rows_sendable",
                           "Rows not yet sent of runs that wait for nothing but their turn: what could be sent now."),
                    {{{"application", words.applications}}}},
      runs_ended{counters(registry, "runs_ended_total", "Runs that ended, by status."),
                 {{{"status", words.run_statuses}}}},
      end_reasons{counters(registry, "run_end_reasons_total", "Runs that ended otherwise than well, by reason."),
                  {{{"reason", words.reasons}}}},
      run_seconds{histograms(registry, "run_seconds", "Time from a run's job record to its end.").Add({}, run_buckets)},
      members{counters(registry, "members_total", "Accepted members of runs that ended, by what became of them."),
              {{{"outcome", words.member_outcomes}}}},
      batches{counters(registry, "batches_total", "Batches, by phase entered."), {{{"phase", words.batch_phases}}}},
      rows_sent{counters(registry, "rows_sent_total", "Rows of imports that the vendor has taken.").Add({})},
      rows_imported{counters(registry, "rows_imported_total", "Rows that the vendor says it imported.").Add({})},
      possible_duplicates{
          counters(registry, "possible_duplicates_total", "Batches that may have been sent twice.").Add({})} {}

}  // namespace telemetry
