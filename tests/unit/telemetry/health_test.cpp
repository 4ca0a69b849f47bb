#include "telemetry/health.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace telemetry {
namespace {

using namespace std::chrono_literals;
using testing::ElementsAre;
using testing::IsEmpty;

const SteadyTime start{1h};

TEST(Heartbeat, ExpectsNothingBeforeTheFirstBeat) {
  const Heartbeat heartbeat{"intake", 30s};
  EXPECT_EQ(heartbeat.complaint(start), std::nullopt);
}

TEST(Heartbeat, IsContentUpToItsLimit) {
  Heartbeat heartbeat{"intake", 30s};
  heartbeat.beat(start);
  EXPECT_EQ(heartbeat.complaint(start + 30s), std::nullopt);
}

TEST(Heartbeat, ComplainsOfALoopThatStandsStill) {
  Heartbeat heartbeat{"intake", 30s};
  heartbeat.beat(start);
  EXPECT_EQ(heartbeat.complaint(start + 31s), "intake: no turn for 31 s");
}

TEST(Heartbeat, ForgivesALoopThatTurnsAgain) {
  Heartbeat heartbeat{"intake", 30s};
  heartbeat.beat(start);
  heartbeat.beat(start + 1min);
  EXPECT_EQ(heartbeat.complaint(start + 1min), std::nullopt);
}

TEST(Heartbeat, ExpectsNothingOfALoopThatEnded) {
  Heartbeat heartbeat{"intake", 30s};
  heartbeat.beat(start);
  heartbeat.end();
  EXPECT_EQ(heartbeat.complaint(start + 1h), std::nullopt);
}

TEST(Readiness, FailsUntilEveryCheckWasLookedAt) {
  Readiness readiness{{"topics", "intake"}};
  readiness.pass("topics");
  EXPECT_THAT(readiness.problems(), ElementsAre("intake: not yet looked at"));
}

TEST(Readiness, HoldsWhenEveryCheckHolds) {
  Readiness readiness{{"topics"}};
  readiness.pass("topics");
  EXPECT_THAT(readiness.problems(), IsEmpty());
}

TEST(Readiness, SaysWhyACheckFailsAgain) {
  Readiness readiness{{"topics"}};
  readiness.pass("topics");
  readiness.fail("topics", "export-results is missing");
  EXPECT_THAT(readiness.problems(), ElementsAre("topics: export-results is missing"));
}

}  // namespace
}  // namespace telemetry
