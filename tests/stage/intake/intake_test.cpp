#include <gtest/gtest.h>

#include "stage/intake/stage.hpp"

namespace intake {
namespace {

using support::sample_job;
using support::sample_member;
using test::Stage;

TEST(Intake, WritesARunAndCommitsBehindIt) {
  Stage s;
  s.add_run("r", 3);
  s.end_run("r");
  s.source.assign_all();
  s.run();
  ASSERT_EQ(s.stored.size(), 3U);
  EXPECT_TRUE(std::holds_alternative<run::RunSealed>(wire::decode_decided(s.stored[2].value).value()));
  EXPECT_EQ(s.logs[0].committed, 5);
  EXPECT_EQ(s.logs[0].metadata, "v1;r=5");
  EXPECT_EQ(s.observer.total.members[static_cast<std::size_t>(Verdict::accepted)], 3U);
}

TEST(Intake, CarriesTheJobsTraceToEveryRecordOfTheRun) {
  Stage s;
  s.logs[0].append(s.clock.now(), "r", wire::encode_job(sample_job("r")), "00-trace");
  s.logs[0].append(s.clock.now(), "r", sample_member("r", "s", "ann@example.com"));
  s.end_run("r");
  s.source.assign_all();
  s.run();
  ASSERT_EQ(s.stored.size(), 3U);
  for (const auto& record : s.stored) EXPECT_EQ(record.trace_parent, "00-trace");
}

TEST(Intake, CommitsNothingThatIsNotAcknowledged) {
  Stage s;
  s.sink.stores_at_once = false;
  s.add_run("r", 3);
  s.source.assign_all();
  s.run();
  s.sink.store(100);
  s.run();
  EXPECT_EQ(s.logs[0].committed, 0);
  s.sink.acknowledge(0);
  s.run();
  EXPECT_EQ(s.logs[0].committed, 1);
  s.sink.acknowledge(0);
  s.run();
  EXPECT_EQ(s.logs[0].committed, 4);
  EXPECT_EQ(s.logs[0].metadata, "v1;r=0");
}

TEST(Intake, ReadsNothingWhileTheProducerIsFull) {
  Stage s;
  s.sink.stores_at_once = false;
  s.sink.capacity = 1;
  s.settings.range_bytes = 300;
  s.add_run("r", 1'000);
  s.source.assign_all();
  s.run();
  EXPECT_TRUE(s.turn().blocked);
  EXPECT_LT(s.source.reads[0], 20U);
  s.sink.capacity = 1'000'000;
  s.sink.store(1);
  s.sink.acknowledge(0);
  s.run();
  EXPECT_EQ(s.source.reads[0], 1'001U);
}

TEST(Intake, BoundsWhatIsNotAcknowledged) {
  Stage s;
  s.sink.stores_at_once = false;
  s.settings.range_bytes = 1'000;
  s.settings.unacknowledged_bytes = 5'000;
  s.add_run("r", 10'000);
  s.source.assign_all();
  s.run();
  EXPECT_LT(s.sink.under_way.size(), 10U);
  EXPECT_TRUE(s.turn().blocked);
}

TEST(Intake, WritesTheLargestRangesEarlyWhereTheyHoldTooMuch) {
  Stage s;
  s.settings.open_range_bytes = 2'000;
  s.settings.slice_records = 10;
  s.add_run("r", 1'000);
  s.source.assign_all();
  for (int turns = 0; turns < 120; ++turns) s.turn();
  EXPECT_GT(s.stored.size(), 10U);
}

TEST(Intake, ReadsEveryPartitionInEachTurn) {
  Stage s;
  s.settings.slice_records = 5;
  for (std::int32_t partition : {0, 1, 2}) s.add_run("r", 100, partition);
  s.source.assign_all();
  s.turn();
  s.turn();
  for (std::int32_t partition : {0, 1, 2}) EXPECT_EQ(s.source.reads[partition], 10U);
}

TEST(Intake, DrainsWhatItHasReadAndReadsNoMore) {
  Stage s;
  s.sink.stores_at_once = false;
  s.add_run("r", 3);
  s.source.assign_all();
  s.turn();
  s.intake().drain();
  s.add_run("q", 3);
  s.turn();
  s.turn();
  EXPECT_FALSE(s.intake().drained());
  s.sink.store(10);
  while (!s.sink.unacknowledged.empty()) s.sink.acknowledge(0);
  s.turn();
  EXPECT_TRUE(s.intake().drained());
  EXPECT_EQ(s.logs[0].committed, 4);
  EXPECT_EQ(s.source.reads[0], 4U);
}

TEST(Intake, CommitsNothingOnceTheProducerHasFailed) {
  Stage s;
  s.add_run("r", 3);
  s.end_run("r");
  s.source.assign_all();
  s.turn();
  s.sink.failure = "fatal";
  s.run();
  EXPECT_EQ(s.intake().failed(), "fatal");
  EXPECT_EQ(s.logs[0].committed, 0);
}

TEST(Intake, KeepsTheCommitWhereAReplayCouldNotKnowEnough) {
  Stage s;
  auto& log = s.logs[0];
  s.settings.commit_interval = 1h;
  s.settings.slice_records = 100'000;
  s.add_run("old", 0);
  s.add_run("new", 0);
  for (int repeat = 0; repeat < 3'000; ++repeat) log.append(s.clock.now(), "old", wire::encode_job(sample_job("old")));
  s.end_run("old");
  s.source.assign_all();
  s.turn();
  s.clock.passed += 2h;
  s.turn();
  EXPECT_EQ(log.committed, 0);
  EXPECT_EQ(s.observer.raised, std::vector<Alarm>{Alarm::commit_stays});
  s.end_run("new");
  s.turn();
  s.clock.passed += 2h;
  s.turn();
  EXPECT_EQ(log.committed, log.end);
}

}  // namespace
}  // namespace intake
