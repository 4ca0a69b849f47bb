#include <gtest/gtest.h>

#include "stage/intake/stage.hpp"

namespace intake {
namespace {

using test::Stage;

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

TEST(Intake, FailsWithItsSource) {
  Stage s;
  s.source.events.push_back(SourceFailed{"gone"});
  s.turn();
  EXPECT_EQ(s.intake().failed(), "gone");
}

}  // namespace
}  // namespace intake
