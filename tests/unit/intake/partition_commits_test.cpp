#include <gtest/gtest.h>

#include "unit/intake/partition_fixture.hpp"

namespace intake {
namespace {

using run::Position;
using support::sample_member;
using test::end;
using test::Fixture;
using test::job;

TEST(Partition, WritesNothingThatWasDecidedBelowTheCommit) {
  Fixture f{{.start = 5, .committed = 8, .notes = {.restart = 5, .ignored_jobs = {}, .too_large = {}}}};
  f.take(5, job());
  f.take(6, sample_member("r", "s", "ann@example.com"));
  f.take(7, "garbage");
  EXPECT_TRUE(f.opened.empty());
  EXPECT_TRUE(f.dead.empty());
  EXPECT_FALSE(f.partition().is_replaying());
  f.take(8, sample_member("r", "s", "ann@example.com"));
  f.take(9, end());
  ASSERT_EQ(f.ranges.size(), 1U);
  EXPECT_EQ(f.ranges[0].prev, (Position{6, 0}));
  EXPECT_EQ(f.ranges[0].first, (Position{8, 0}));
  EXPECT_EQ(f.ranges[0].rejects.size(), 1U);
  EXPECT_EQ(f.sealed.at(0).totals.received, 3U);
}

TEST(Partition, DoesNotApplyMemoryLimitsInAReplayButSealsWhatTheyHadSealed) {
  Fixture f{{.start = 5, .committed = 9, .notes = {.restart = 5, .ignored_jobs = {}, .too_large = {{6, 8}}}}};
  f.settings.rules.partition_addresses = 1;
  f.take(5, job("r"));
  f.take(6, job("q"));
  f.take(7, sample_member("r", "s", "ann@example.com"));
  f.take(8, sample_member("q", "s", "bob@example.com"));
  EXPECT_EQ(f.partition().open_runs(), 1U);
  f.take(9, sample_member("q", "s", "bob@example.com"));
  EXPECT_EQ(f.dead.size(), 1U);
}

TEST(Partition, LeavesAJobAloneThatOpenedNothingInAnEarlierLife) {
  Fixture f{{.start = 5, .committed = 7, .notes = {.restart = 5, .ignored_jobs = {6}, .too_large = {}}}};
  f.take(5, job("r"));
  f.take(6, job("q"));
  EXPECT_EQ(f.partition().open_runs(), 1U);
  EXPECT_EQ(f.partition().commit_point(Emission::pins_nothing)->notes.ignored_jobs, std::vector<std::int64_t>{6});
}

TEST(Partition, PublishesTheSpanThatIsGoneAndHoldsTheCommitUntilThatIsStored) {
  Fixture f{{.start = 5, .committed = 8, .notes = {.restart = 2, .ignored_jobs = {}, .too_large = {}}, .lost_from = 2}};
  f.partition().pass(20);
  EXPECT_EQ(f.partition().commit_point(Emission::pins_nothing)->offset, 8);
  f.collect();
  ASSERT_EQ(f.dead.size(), 1U);
  EXPECT_EQ(f.dead[0].cause, run::DeadCause::lost_span);
  EXPECT_EQ(f.dead[0].offset, 2);
  EXPECT_EQ(f.dead[0].lost_until, 5);
}

TEST(Partition, CommitsNothingBeyondAnOpenRange) {
  Fixture f;
  f.take(5, job());
  f.take(6, wire::encode_tick());
  EXPECT_EQ(f.partition().commit_point(Emission::pins_nothing)->offset, 7);
  f.take(7, sample_member("r", "s", "ann@example.com"));
  f.take(8, wire::encode_tick());
  EXPECT_EQ(f.partition().commit_point(Emission::pins_nothing)->offset, 7);
  EXPECT_EQ(f.partition().commit_point(Emission::pins_nothing)->notes.restart, 5);
  EXPECT_EQ(f.partition().commit_point(6)->offset, 6);
}

TEST(Partition, CommitsNothingInAReplay) {
  Fixture f{{.start = 5, .committed = 8, .notes = {.restart = 5, .ignored_jobs = {}, .too_large = {}}}};
  f.take(5, job());
  EXPECT_FALSE(f.partition().commit_point(Emission::pins_nothing));
}

TEST(Partition, CommitsThePositionBehindGapsWhenAllIsFinished) {
  Fixture f;
  f.take(5, job());
  f.take(6, end());
  f.partition().pass(9);
  const auto point = f.partition().commit_point(Emission::pins_nothing);
  EXPECT_EQ(point->offset, 9);
  EXPECT_EQ(point->notes.restart, 9);
}

TEST(Partition, WritesARangeWhenItIsDue) {
  Fixture f;
  f.take(5, job());
  f.take(6, sample_member("r", "s", "ann@example.com"));
  f.partition().write_due_ranges(f.boot + 4999ms);
  f.collect();
  EXPECT_TRUE(f.ranges.empty());
  f.partition().write_due_ranges(f.boot + 5s);
  f.collect();
  EXPECT_EQ(f.ranges.size(), 1U);
  EXPECT_EQ(f.partition().open_range_bytes(), 0U);
}

TEST(Partition, WritesItsLargestRangeWhenAsked) {
  Fixture f;
  f.take(5, job("r"));
  f.take(6, job("q"));
  f.take(7, sample_member("r", "s", "ann@example.com"));
  f.take(8, sample_member("q", "s", "ann@example.com"));
  f.take(9, sample_member("q", "s", "bob@example.com"));
  f.partition().write_largest_range(f.boot);
  f.collect();
  ASSERT_EQ(f.ranges.size(), 1U);
  EXPECT_EQ(f.ranges[0].instance.run_id.value, "q");
}

}  // namespace
}  // namespace intake
