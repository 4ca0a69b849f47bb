#include "app/run_gauges.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "app/metric_words.hpp"
#include "telemetry/process_metrics.hpp"

namespace {

using run::Reason;
using run::RunStatus;
using testing::HasSubstr;

class RunGauges : public testing::Test {
 protected:
  static run::ResultEvent event(const std::string& run_id) {
    run::ResultEvent event;
    event.instance.run_id = {run_id};
    return event;
  }

  bool change(const std::string& run_id, RunStatus status, Reason reason, std::uint64_t accepted = 0,
              std::uint64_t sent = 0) {
    run::ResultEvent changed = event(run_id);
    run::RunChanged what;
    what.status = status;
    what.reason.reason = reason;
    what.rows_accepted = accepted;
    what.rows_sent = sent;
    changed.what = what;
    return gauges_.apply(0, changed, 0);
  }

  void end(const std::string& run_id, RunStatus status, Reason reason, run::DeliveryCounts delivered = {}) {
    run::ResultEvent ended = event(run_id);
    run::RunCompleted what;
    what.status = status;
    what.reason.reason = reason;
    what.receipt.delivered = delivered;
    what.receipt.job_at = run::UtcTime{std::chrono::seconds{100}};
    what.receipt.ended_at = run::UtcTime{std::chrono::seconds{145}};
    ended.what = what;
    gauges_.apply(0, ended, 0);
  }

  void expect(const std::string& line) {
    EXPECT_THAT(telemetry::metrics_text(registry_), HasSubstr("segment_export_delivery_" + line + "\n"));
  }

  prometheus::Registry registry_;
  app::ApplicationLabels applications_{{{.name = "main", .id = {"client-1"}, .secret = {}}}};
  telemetry::DeliveryMetrics metrics_{registry_, app::delivery_words(applications_)};
  app::RunGauges gauges_{metrics_};
};

TEST_F(RunGauges, CountARunUnderItsNewestStatusOnly) {
  change("r", RunStatus::queued, Reason::fair_share);
  change("r", RunStatus::processing, Reason::none);
  expect("runs{status=\"QUEUED\"} 0");
  expect("runs{status=\"PROCESSING\"} 1");
  expect("runs_waiting{reason=\"FAIR_SHARE\"} 0");
}

TEST_F(RunGauges, TellWhetherAnythingButNumbersChanged) {
  EXPECT_TRUE(change("r", RunStatus::processing, Reason::none, 100, 0));
  EXPECT_FALSE(change("r", RunStatus::processing, Reason::none, 100, 50));
  EXPECT_TRUE(change("r", RunStatus::processing, Reason::rate, 100, 50));
}

TEST_F(RunGauges, ShowWhatCouldBeSentNow) {
  change("waits for its turn", RunStatus::queued, Reason::account_busy, 100, 40);
  change("waits for a person", RunStatus::queued, Reason::needs_authorisation, 1'000, 0);
  expect("rows_sendable{application=\"main\"} 60");
}

TEST_F(RunGauges, ForgetARunThatEnds) {
  change("r", RunStatus::queued, Reason::rate, 10, 0);
  end("r", RunStatus::successful, Reason::none);
  expect("runs{status=\"QUEUED\"} 0");
  expect("rows_sendable{application=\"main\"} 0");
  expect("runs_ended_total{status=\"SUCCESSFUL\"} 1");
}

TEST_F(RunGauges, CountWhatBecameOfTheMembers) {
  end("r", RunStatus::completed_with_warnings, Reason::none, {.imported = 7, .refused = 2, .not_sent = 1});
  expect("members_total{outcome=\"imported\"} 7");
  expect("members_total{outcome=\"refused\"} 2");
  expect("members_total{outcome=\"not_sent\"} 1");
}

TEST_F(RunGauges, CountTheReasonOfAnEndThatIsNotGood) {
  end("r", RunStatus::failed, Reason::list_missing);
  expect("run_end_reasons_total{reason=\"LIST_MISSING\"} 1");
}

TEST_F(RunGauges, MeasureFromTheJobToTheEnd) {
  end("r", RunStatus::successful, Reason::none);
  expect("run_seconds_sum 45");
}

TEST_F(RunGauges, ForgetTheRunsOfAPartitionThatIsAnothers) {
  change("a", RunStatus::queued, Reason::rate, 10, 0);
  change("b", RunStatus::queued, Reason::paused);
  gauges_.forget(1);
  expect("runs{status=\"QUEUED\"} 2");
  gauges_.forget(0);
  expect("runs{status=\"QUEUED\"} 0");
  expect("runs_waiting{reason=\"PAUSED\"} 0");
  expect("rows_sendable{application=\"main\"} 0");
}

}  // namespace
