#include "intake/intake.hpp"

#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "support/intake_clock.hpp"
#include "support/intake_log.hpp"
#include "support/intake_outbox.hpp"
#include "support/intake_upstream.hpp"
#include "wire/decided.hpp"

namespace intake {
namespace {

using support::sample_job;
using support::sample_member;

struct Alarms : Observer {
  void alarm(std::int32_t /*partition*/, Alarm alarm, std::string_view /*detail*/) override { raised.push_back(alarm); }
  void read(const Tally& tally) override { total += tally; }

  std::vector<Alarm> raised;
  Tally total;
};

/// One process over logs and an outbox that outlive it.
struct Stage {
  Stage() {
    settings.applications = {{"application"}};
    logs[0] = {};
  }
  Intake& intake() {
    if (!made) made.emplace(settings, source, sink, clock, observer, contact::DedupeKey{});
    return *made;
  }
  Turn turn() { return intake().turn(0ms); }
  /// Turns until nothing more happens, with time for a commit.
  void run() {
    for (int turns = 0; turns < 20; ++turns) {
      clock.passed += 1s;
      turn();
    }
  }
  void add_run(const std::string& run, int members, std::int32_t partition = 0) {
    auto& log = logs[partition];
    log.append(clock.now(), run, wire::encode_job(sample_job(run)));
    for (int member = 0; member < members; ++member) {
      log.append(clock.now(), run, sample_member(run, "s", "p" + std::to_string(member) + "@example.com"));
    }
  }
  void end_run(const std::string& run, std::int32_t partition = 0) {
    logs[partition].append(clock.now(), run, wire::encode_segment_end(run, "s", std::nullopt));
  }
  std::size_t ticks() const {
    std::size_t count = 0;
    for (const auto& record : stored) count += std::holds_alternative<ToInput>(record.to) ? 1 : 0;
    return count;
  }

  Settings settings;
  std::map<std::int32_t, support::InputLog> logs;
  std::vector<support::OutboxRecord> stored;
  support::IntakeLogSource source{logs};
  support::IntakeOutboxSink sink{stored};
  support::IntakeClock clock;
  Alarms observer;
  std::optional<Intake> made;
};

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

TEST(Intake, ReplaysFromTheRestartOffsetAndIsSettledAfterwards) {
  Stage s;
  s.add_run("r", 3);
  s.logs[0].committed = 3;
  s.logs[0].metadata = "v1;r=0";
  s.settings.slice_records = 2;
  s.source.assign_all();
  EXPECT_FALSE(s.intake().settled());
  s.turn();
  EXPECT_EQ(s.source.starts.at(0).offset, 0);
  EXPECT_FALSE(s.intake().settled());
  s.turn();
  EXPECT_TRUE(s.intake().settled());
  s.run();
  ASSERT_EQ(s.stored.size(), 1U);
  const auto range = std::get<run::DecidedRange>(wire::decode_decided(s.stored[0].value).value());
  EXPECT_EQ(range.prev, (run::Position{2, 0}));
  EXPECT_EQ(range.first, (run::Position{3, 0}));
}

TEST(Intake, IsSettledWhenItOwnsNothing) {
  Stage s;
  s.logs.clear();
  EXPECT_FALSE(s.intake().settled());
  s.source.assign_all();
  s.turn();
  EXPECT_TRUE(s.intake().settled());
}

TEST(Intake, HaltsAPartitionWithoutACommittedOffsetAndReadsTheOthers) {
  Stage s;
  s.logs[0].committed.reset();
  s.add_run("r", 1, 1);
  s.source.assign_all();
  s.run();
  EXPECT_EQ(s.observer.raised, std::vector<Alarm>{Alarm::no_committed_offset});
  EXPECT_EQ(s.source.starts.size(), 1U);
  EXPECT_EQ(s.source.reads[1], 2U);
  EXPECT_FALSE(s.intake().settled());
}

TEST(Intake, GoesOnWithoutAReplayWhereAPartitionComesBackAsItWas) {
  Stage s;
  s.add_run("r", 3);
  s.source.assign_all();
  s.run();
  s.source.revoke_all();
  s.turn();
  EXPECT_EQ(s.source.releases, 1);
  s.end_run("r");
  s.source.assign_all();
  s.run();
  EXPECT_EQ(s.source.starts.at(0).offset, 4);
  EXPECT_EQ(s.source.reads[0], 5U);
  EXPECT_EQ(s.logs[0].committed, 5);
}

TEST(Intake, ReplaysWhereAnotherProcessHadCommittedMeanwhile) {
  Stage s;
  s.add_run("r", 3);
  s.source.assign_all();
  s.run();
  s.source.revoke_all();
  s.turn();
  s.logs[0].committed = 2;
  s.source.assign_all();
  s.turn();
  EXPECT_EQ(s.source.starts.at(0).offset, 0);
}

TEST(Intake, CommitsOnRevocationUnlessThePartitionsAreLost) {
  for (const bool lost : {false, true}) {
    Stage s;
    s.source.stores_commits_at_once = false;
    s.settings.commit_interval = 1h;
    s.add_run("r", 0);
    s.source.assign_all();
    s.turn();
    s.turn();
    s.source.revoke_all(lost);
    s.turn();
    EXPECT_EQ(s.logs[0].committed, lost ? 0 : 1);
  }
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

TEST(Intake, PushesTimeOnInAnIdlePartitionWithOneTickAtATime) {
  Stage s;
  s.add_run("r", 1);
  s.source.assign_all();
  s.run();
  EXPECT_EQ(s.ticks(), 0U);
  s.clock.passed += 60s;
  s.run();
  EXPECT_EQ(s.ticks(), 1U);
  s.clock.passed += 1h;
  s.run();
  EXPECT_EQ(s.ticks(), 1U);
  s.logs[0].append(s.clock.now(), "", wire::encode_tick());
  s.run();
  s.clock.passed += 60s;
  s.run();
  EXPECT_EQ(s.ticks(), 2U);
}

TEST(Intake, LeavesAnIdlePartitionWithoutOpenRunsAlone) {
  Stage s;
  s.add_run("r", 1);
  s.end_run("r");
  s.source.assign_all();
  s.run();
  s.clock.passed += 1h;
  s.run();
  EXPECT_EQ(s.ticks(), 0U);
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

TEST(Intake, FailsWithItsSource) {
  Stage s;
  s.source.events.push_back(SourceFailed{"gone"});
  s.turn();
  EXPECT_EQ(s.intake().failed(), "gone");
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
