#include <gtest/gtest.h>

#include "unit/intake/partition_fixture.hpp"

namespace intake {
namespace {

using run::Position;
using run::SealCause;
using support::sample_job;
using support::sample_member;
using test::day;
using test::end;
using test::Fixture;
using test::job;

TEST(Partition, WritesARunAsOpeningRangeAndSeal) {
  Fixture f;
  f.take(5, job(), "r", "00-trace");
  f.take(6, sample_member("r", "s", "ann@example.com"));
  f.take(7, sample_member("r", "s", "ANN@example.com"));
  f.take(8, end());
  ASSERT_EQ(f.opened.size(), 1U);
  EXPECT_EQ(f.opened[0].instance, (run::RunInstance{{"r"}, 0, 5}));
  EXPECT_EQ(f.opened[0].job.cap, 1'000'000U);
  EXPECT_EQ(f.opened[0].trace_parent, "00-trace");
  EXPECT_EQ(f.opened[0].job_at, day);
  ASSERT_EQ(f.ranges.size(), 1U);
  EXPECT_EQ(f.ranges[0].prev, (Position{5, 0}));
  ASSERT_EQ(f.ranges[0].rows.size(), 1U);
  EXPECT_EQ(f.ranges[0].rows[0].email, "ann@example.com");
  ASSERT_EQ(f.ranges[0].rejects.size(), 1U);
  EXPECT_EQ(f.ranges[0].rejects[0].profile_id, "profile of ANN@example.com");
  ASSERT_EQ(f.sealed.size(), 1U);
  EXPECT_EQ(f.sealed[0].prev, (Position{7, 0}));
  EXPECT_EQ(f.sealed[0].at, (Position{8, 0}));
  EXPECT_EQ(f.sealed[0].cause, SealCause::all_segments_ended);
  EXPECT_EQ(f.sealed[0].totals.received, 2U);
  EXPECT_TRUE(f.sealed[0].segments[0].ended);
  EXPECT_EQ(f.partition().open_runs(), 0U);
  EXPECT_EQ(f.partition().addresses(), 0U);
  EXPECT_EQ(f.partition().open_range_bytes(), 0U);
}

TEST(Partition, RoutesByTheJobsApplicationTheDefaultOrToUnrouted) {
  Fixture f;
  f.settings.default_application = {"other"};
  const auto open = [&f](std::int64_t offset, const std::string& application) {
    auto named = sample_job("r" + std::to_string(offset));
    named.application = {application};
    f.take(offset, wire::encode_job(named));
  };
  open(1, "application");
  open(2, "");
  open(3, "nobody's");
  EXPECT_EQ(f.keys, (std::vector<std::string>{"application", "other", "unrouted"}));
  EXPECT_EQ(f.opened[1].job.application.value, "other");
  EXPECT_EQ(f.opened[2].job.application.value, "nobody's");
}

TEST(Partition, RoutesAJobWithoutApplicationOrDefaultToUnrouted) {
  Fixture f;
  auto named = sample_job("r");
  named.application = {};
  f.take(1, wire::encode_job(named));
  EXPECT_EQ(f.keys, std::vector<std::string>{"unrouted"});
}

TEST(Partition, SealsAJobWithoutSegmentsAtOnce) {
  Fixture f;
  f.take(5, job("r", {}));
  ASSERT_EQ(f.sealed.size(), 1U);
  EXPECT_EQ(f.sealed[0].prev, (Position{5, 0}));
}

TEST(Partition, IgnoresAnIdenticalJobAndRefusesADifferentOneWhileTheRunIsOpen) {
  Fixture f;
  f.take(5, job());
  f.take(6, job());
  f.take(7, job("r", {"s", "t"}));
  EXPECT_EQ(f.opened.size(), 1U);
  ASSERT_EQ(f.dead.size(), 1U);
  EXPECT_EQ(f.dead[0].cause, run::DeadCause::conflicting_job);
  EXPECT_EQ(f.dead[0].offset, 7);
  f.take(8, end());
  f.take(9, job());
  EXPECT_EQ(f.opened.size(), 2U);
  EXPECT_EQ(f.opened[1].instance.job_offset, 9);
}

TEST(Partition, CountsMembersOfASegmentThatHasEndedWhileTheRunIsOpen) {
  Fixture f;
  f.take(5, job("r", {"s", "t"}));
  f.take(6, end("s"));
  f.take(7, sample_member("r", "s", "ann@example.com"));
  f.take(8, end("t"));
  ASSERT_EQ(f.sealed.size(), 1U);
  EXPECT_EQ(f.sealed[0].segments[0].decided.accepted, 1U);
  f.take(9, sample_member("r", "s", "bob@example.com"));
  f.take(10, end("s"));
  ASSERT_EQ(f.dead.size(), 2U);
  EXPECT_EQ(f.dead[0].cause, run::DeadCause::no_open_run);
}

TEST(Partition, SealsASilentRunWithTheFirstRecordOfAnyRunSixHoursAfterItsLast) {
  Fixture f;
  f.take(5, job());
  f.time += 5h;
  f.take(6, sample_member("r", "s", "ann@example.com"));
  f.time += 6h - 1ms;
  f.take(7, wire::encode_tick());
  EXPECT_TRUE(f.sealed.empty());
  f.time += 1ms;
  f.take(8, "garbage", "somebody else");
  ASSERT_EQ(f.sealed.size(), 1U);
  EXPECT_EQ(f.sealed[0].cause, SealCause::silent);
  EXPECT_EQ(f.sealed[0].at, (Position{8, 0}));
  EXPECT_EQ(f.sealed[0].prev, (Position{6, 0}));
  EXPECT_FALSE(f.sealed[0].segments[0].ended);
}

TEST(Partition, SealsARunBeforeTheRecordThatComesTooLateForIt) {
  Fixture f;
  f.take(5, job());
  f.time += 6h;
  f.take(6, sample_member("r", "s", "ann@example.com"));
  ASSERT_EQ(f.sealed.size(), 1U);
  EXPECT_EQ(f.sealed[0].totals.received, 0U);
  EXPECT_EQ(f.dead.size(), 1U);
}

TEST(Partition, SealsARunThatIsTooOldHoweverBusy) {
  Fixture f;
  f.take(5, job());
  for (std::int64_t hour = 1; hour <= 24; ++hour) {
    f.time += 1h;
    f.take(5 + hour, sample_member("r", "s", "p" + std::to_string(hour) + "@example.com"));
  }
  ASSERT_EQ(f.sealed.size(), 1U);
  EXPECT_EQ(f.sealed[0].cause, SealCause::too_old);
  EXPECT_EQ(f.sealed[0].totals.accepted, 23U);
}

TEST(Partition, CountsWhatIsUnreadableUnderTheKeyOfAnOpenRun) {
  Fixture f;
  f.take(5, job());
  f.take(6, "garbage", "r");
  f.take(7, "garbage", "x");
  f.take(8, end());
  EXPECT_EQ(f.sealed.at(0).totals.undecodable, 1U);
  EXPECT_EQ(f.sealed[0].totals.received, 1U);
  EXPECT_TRUE(f.sealed[0].totals.adds_up());
  ASSERT_EQ(f.dead.size(), 2U);
  EXPECT_EQ(f.dead[0].cause, run::DeadCause::unreadable);
  EXPECT_EQ(f.dead[0].key, "r");
  EXPECT_EQ(f.dead[0].payload, "garbage");
  EXPECT_EQ(f.dead[0].payload_sha256.size(), 32U);
}

TEST(Partition, CutsALargeRecordInsideWhereARangeIsFull) {
  Fixture f;
  f.settings.range_bytes = 1'000;
  wire::MembersWriter writer{"r", "s"};
  for (int member = 0; member < 100; ++member) {
    const support::Profile profile{{"email", "p" + std::to_string(member) + "@example.com"}};
    writer.add("p", support::attributes(profile));
  }
  f.take(5, job());
  f.take(6, writer.finish());
  f.take(7, end());
  ASSERT_GT(f.ranges.size(), 2U);
  Position expected{5, 0};
  std::size_t rows = 0;
  for (const auto& range : f.ranges) {
    EXPECT_EQ(range.prev, expected);
    EXPECT_LT(wire::encode(range).size(), 1'000U);
    expected = range.last;
    rows += range.rows.size();
  }
  EXPECT_EQ(expected, (Position{6, 99}));
  EXPECT_EQ(rows, 100U);
}

TEST(Partition, PublishesARecordWithAMemberOutOfBoundsAndDecidesTheOthers) {
  Fixture f;
  support::Profile many{{"email", "ann@example.com"}};
  for (int attribute = 0; attribute < 300; ++attribute) many.emplace_back("a" + std::to_string(attribute), "v");
  wire::MembersWriter writer{"r", "s"};
  writer.add("p", support::attributes(many));
  const support::Profile profile{{"email", "bob@example.com"}};
  writer.add("p", support::attributes(profile));
  f.take(5, job());
  f.take(6, writer.finish());
  f.take(7, end());
  EXPECT_EQ(f.sealed.at(0).totals.undecodable, 1U);
  EXPECT_EQ(f.sealed[0].totals.accepted, 1U);
  ASSERT_EQ(f.dead.size(), 1U);
  EXPECT_EQ(f.dead[0].cause, run::DeadCause::out_of_bounds);
}

TEST(Partition, SealsTheRunThatCrossesTheLimitOfAddresses) {
  Fixture f;
  f.settings.rules.partition_addresses = 2;
  f.take(5, job("r"));
  f.take(6, job("q"));
  f.take(7, sample_member("r", "s", "ann@example.com"));
  f.take(8, sample_member("r", "s", "bob@example.com"));
  f.take(9, sample_member("q", "s", "cid@example.com"));
  ASSERT_EQ(f.sealed.size(), 1U);
  EXPECT_EQ(f.sealed[0].instance.run_id.value, "q");
  EXPECT_EQ(f.sealed[0].cause, SealCause::too_large);
  EXPECT_EQ(f.partition().addresses(), 2U);
}

TEST(Partition, SealsTheRunThatIsOneTooMany) {
  Fixture f;
  f.settings.rules.partition_runs = 1;
  f.take(5, job("r"));
  f.take(6, job("q"));
  ASSERT_EQ(f.sealed.size(), 1U);
  EXPECT_EQ(f.opened.size(), 2U);
  EXPECT_EQ(f.sealed[0].instance.run_id.value, "q");
  EXPECT_EQ(f.sealed[0].cause, SealCause::too_large);
}

}  // namespace
}  // namespace intake
