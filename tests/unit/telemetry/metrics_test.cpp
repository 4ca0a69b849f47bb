#include <sstream>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "telemetry/delivery_metrics.hpp"
#include "telemetry/process_metrics.hpp"

namespace telemetry {
namespace {

using testing::HasSubstr;
using testing::Not;

DeliveryWords words() {
  return {.applications = {"main", "other"},
          .calls = {"list", "import"},
          .outcomes = {"answered", "retry"},
          .reasons = {"NONE", "RATE"},
          .alarms = {"grant_dead"},
          .claim_phases = {"taking_over", "working"},
          .run_statuses = {"QUEUED", "PROCESSING"},
          .batch_phases = {"intent", "submitted"},
          .member_outcomes = {"imported"}};
}

TEST(DeliveryMetrics, BeginAtZeroSoThatTheFirstEventIsARise) {
  prometheus::Registry registry;
  const DeliveryMetrics metrics{registry, words()};
  EXPECT_THAT(metrics_text(registry), HasSubstr("segment_export_delivery_alarms_total{alarm=\"grant_dead\"} 0\n"));
}

TEST(DeliveryMetrics, CountARequestUnderItsThreeLabels) {
  prometheus::Registry registry;
  DeliveryMetrics metrics{registry, words()};
  metrics.requests.at(1, 0, 1).Increment();
  const std::string text = metrics_text(registry);
  EXPECT_THAT(text, HasSubstr("segment_export_delivery_requests_total{application=\"other\",call=\"list\","
                              "outcome=\"retry\"} 1\n"));
  EXPECT_THAT(text, HasSubstr("segment_export_delivery_requests_total{application=\"main\",call=\"import\","
                              "outcome=\"retry\"} 0\n"));
}

TEST(DeliveryMetrics, MeasureTimeInSeconds) {
  prometheus::Registry registry;
  DeliveryMetrics metrics{registry, words()};
  metrics.request_seconds.at(1).Observe(0.2);
  const std::string text = metrics_text(registry);
  EXPECT_THAT(text, HasSubstr("segment_export_delivery_request_seconds_bucket{call=\"import\",le=\"0.1\"} 0\n"));
  EXPECT_THAT(text, HasSubstr("segment_export_delivery_request_seconds_bucket{call=\"import\",le=\"0.25\"} 1\n"));
}

TEST(PartitionGauges, TellOnlyOfPartitionsThatAreOwned) {
  prometheus::Registry registry;
  DeliveryMetrics metrics{registry, words()};
  metrics.indexed_offset.set(3, 12'345);
  EXPECT_THAT(metrics_text(registry), HasSubstr("outbox_indexed_offset{partition=\"3\"} 12345\n"));
  metrics.indexed_offset.forget(3);
  EXPECT_THAT(metrics_text(registry), Not(HasSubstr("partition=\"3\"")));
}

TEST(ProcessMetrics, NameTheProgramAndItsKafkaClient) {
  prometheus::Registry registry;
  const ProcessMetrics metrics{registry, "0.1.0", "2.0.2"};
  EXPECT_THAT(metrics_text(registry),
              HasSubstr("segment_export_build_info{librdkafka=\"2.0.2\",version=\"0.1.0\"} 1\n"));
}

TEST(MetricsText, HasNoLineBreakInAHelp) {
  prometheus::Registry registry;
  const DeliveryMetrics metrics{registry, words()};
  std::istringstream text{metrics_text(registry)};
  for (std::string line; std::getline(text, line);) {
    EXPECT_TRUE(line.starts_with("# ") || line.starts_with("segment_export_")) << line;
  }
}

}  // namespace
}  // namespace telemetry
