#include <memory>
#include <sstream>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <spdlog/sinks/ostream_sink.h>

#include "app/delivery_observer.hpp"
#include "app/intake_observer.hpp"
#include "telemetry/process_metrics.hpp"

namespace {

using delivery::ClaimPhase;
using testing::HasSubstr;
using testing::Not;

struct Written {
  std::ostringstream text;
  telemetry::Log log{telemetry::Level::info, std::make_shared<spdlog::sinks::ostream_sink_mt>(text)};
  prometheus::Registry registry;

  std::string metrics() const { return telemetry::metrics_text(registry); }
};

class DeliveryObserver : public testing::Test {
 protected:
  Written written_;
  app::ApplicationLabels applications_{{{.name = "main", .id = {"client-1"}, .secret = {}}}};
  telemetry::DeliveryMetrics metrics_{written_.registry, app::delivery_words(applications_)};
  app::DeliveryObserver observer_{metrics_, written_.log, applications_};
};

TEST_F(DeliveryObserver, SaysHowFarItIsWithTakingOver) {
  EXPECT_EQ(observer_.what_is_missing(), "has not joined its group, or owns nothing yet");
  observer_.claim_changed(0, ClaimPhase::working);
  observer_.claim_changed(1, ClaimPhase::indexing);
  EXPECT_EQ(observer_.what_is_missing(), "has taken over 1 of 2 partitions");
}

TEST_F(DeliveryObserver, SaysWhichPartitionNeedsAPersonAndWhatFor) {
  observer_.claim_changed(0, ClaimPhase::working);
  observer_.claim_changed(3, ClaimPhase::taking_over);
  observer_.alarm(3, delivery::Alarm::no_committed_offset, "the group never committed an offset");
  observer_.claim_changed(3, ClaimPhase::alarmed);
  observer_.claim_changed(3, ClaimPhase::taking_over);
  EXPECT_EQ(
      observer_.what_is_missing(),
      "partition 3: no_committed_offset (the group never committed an offset): run `segment-export topics create`");
  observer_.claim_changed(3, ClaimPhase::working);
  observer_.claim_changed(3, ClaimPhase::draining);
  EXPECT_EQ(observer_.what_is_missing(), "has taken over 2 of 2 partitions");
}

TEST_F(DeliveryObserver, ShowsTheRunsThatItTookOverWithoutCallingThemChanged) {
  run::RunChanged stands;
  stands.status = run::RunStatus::processing;
  run::ResultEvent event;
  event.instance.run_id = {"run-1"};
  event.what = stands;
  observer_.run_restored(3, event);
  EXPECT_THAT(written_.metrics(), HasSubstr("runs{status=\"PROCESSING\"} 1\n"));
  EXPECT_THAT(written_.text.str(), Not(HasSubstr("run changed")));
  observer_.claim_changed(3, ClaimPhase::ended);
  EXPECT_THAT(written_.metrics(), HasSubstr("runs{status=\"PROCESSING\"} 0\n"));
}

TEST_F(DeliveryObserver, CountsEachClaimInItsNewestPhase) {
  observer_.claim_changed(0, ClaimPhase::taking_over);
  observer_.claim_changed(0, ClaimPhase::working);
  EXPECT_THAT(written_.metrics(), HasSubstr("claims{phase=\"taking_over\"} 0\n"));
  EXPECT_THAT(written_.metrics(), HasSubstr("claims{phase=\"working\"} 1\n"));
  observer_.claim_changed(0, ClaimPhase::ended);
  EXPECT_THAT(written_.metrics(), HasSubstr("claims{phase=\"working\"} 0\n"));
}

TEST_F(DeliveryObserver, NamesAnApplicationAsTheSettingsDo) {
  observer_.answered({"client-1"}, delivery::VendorCall::import, nullptr, std::chrono::milliseconds{200});
  observer_.answered({"unknown"}, delivery::VendorCall::import, nullptr, std::chrono::milliseconds{200});
  EXPECT_THAT(written_.metrics(), HasSubstr("application=\"main\",call=\"import\",outcome=\"answered\"} 1\n"));
  EXPECT_THAT(written_.metrics(), HasSubstr("application=\"other\",call=\"import\",outcome=\"answered\"} 1\n"));
  EXPECT_THAT(written_.metrics(), Not(HasSubstr("client-1")));
}

TEST_F(DeliveryObserver, CountsARefusalByItsReason) {
  const delivery::Error error{delivery::NextStep::wait_until, run::Reason::daily_quota, "quota exceeded"};
  observer_.answered({"client-1"}, delivery::VendorCall::list, &error, std::chrono::milliseconds{30});
  EXPECT_THAT(written_.metrics(), HasSubstr("request_errors_total{reason=\"DAILY_QUOTA\"} 1\n"));
  EXPECT_THAT(written_.metrics(), HasSubstr("call=\"list\",outcome=\"wait_until\"} 1\n"));
  EXPECT_THAT(written_.text.str(), HasSubstr("\"reason\":\"DAILY_QUOTA\""));
}

TEST_F(DeliveryObserver, CountsTheRowsOfABatchOnce) {
  run::BatchState batch;
  batch.rows = 500;
  observer_.batch_changed(batch);
  batch.phase = run::BatchPhase::submitted;
  observer_.batch_changed(batch);
  batch.phase = run::BatchPhase::ended;
  batch.counts.imported = 480;
  observer_.batch_changed(batch);
  EXPECT_THAT(written_.metrics(), HasSubstr("rows_sent_total 500\n"));
  EXPECT_THAT(written_.metrics(), HasSubstr("rows_imported_total 480\n"));
}

TEST_F(DeliveryObserver, LogsAnAlarm) {
  observer_.alarm(4, delivery::Alarm::grant_dead, "connection demo");
  EXPECT_THAT(written_.text.str(), HasSubstr(R"("level":"error","message":"delivery alarm grant_dead","partition":4)"));
  EXPECT_THAT(written_.metrics(), HasSubstr("delivery_alarms_total{alarm=\"grant_dead\"} 1\n"));
}

class IntakeObserver : public testing::Test {
 protected:
  Written written_;
  telemetry::IntakeMetrics metrics_{written_.registry, app::intake_words()};
  app::IntakeObserver observer_{metrics_, written_.log};
};

TEST_F(IntakeObserver, SaysWhatItWaitsFor) {
  EXPECT_EQ(observer_.what_is_missing(), "has not joined its group");
  intake::Holdings holdings;
  holdings.replaying = 2;
  observer_.holds(holdings);
  EXPECT_EQ(observer_.what_is_missing(), "rebuilds the open runs of 2 partitions");
  observer_.alarm(3, intake::Alarm::offset_outside_log, "the committed offset is outside the log");
  EXPECT_THAT(observer_.what_is_missing(),
              HasSubstr("partition 3 is halted: the committed offset is outside the log: stop the workers, set "));
  observer_.revoked(3);
  EXPECT_EQ(observer_.what_is_missing(), "rebuilds the open runs of 2 partitions");
}

TEST_F(IntakeObserver, CountsRecordsAndMembersByOutcome) {
  intake::Tally tally;
  tally.count(intake::RecordOutcome::unreadable);
  tally.count(intake::Verdict::duplicate);
  tally.count(intake::Verdict::duplicate);
  observer_.read(tally);
  EXPECT_THAT(written_.metrics(), HasSubstr("intake_records_total{outcome=\"unreadable\"} 1\n"));
  EXPECT_THAT(written_.metrics(), HasSubstr("intake_members_total{verdict=\"duplicate\"} 2\n"));
}

TEST_F(IntakeObserver, ForgetsPartitionsThatWereTakenAway) {
  observer_.behind(7, std::chrono::milliseconds{1'500});
  EXPECT_THAT(written_.metrics(), HasSubstr("intake_behind_seconds{partition=\"7\"} 1.5\n"));
  observer_.revoked(7);
  EXPECT_THAT(written_.metrics(), Not(HasSubstr("partition=\"7\"")));
}

}  // namespace
