#include "delivery/run_order.hpp"

#include <gtest/gtest.h>

#include "unit/delivery/samples.hpp"

namespace delivery {
namespace {

using namespace std::chrono_literals;

class RunOrderTest : public ::testing::Test {
 protected:
  RunHandle add(const std::string& id, std::chrono::minutes after_noon, run::ExportJob job = {},
                const std::string& export_id = "export-1") {
    auto run = sample_run(id, 10, std::move(job));
    run->state.job_at = noon + after_noon;
    run->state.export_id = {export_id};
    book.restore(run);
    return run;
  }

  RunBook book;
  RunOrder order{book};
};

TEST_F(RunOrderTest, EndsOlderRunsWithoutAnIntentWithTheFirstIntent) {
  const auto old = add("old", 0min);
  const auto young = add("young", 5min);
  EXPECT_EQ(order.superseded_with(young->state), std::vector{old});
  EXPECT_TRUE(order.superseded_with(old->state).empty());
  old->state.has_intent = true;
  EXPECT_TRUE(order.superseded_with(young->state).empty());
}

TEST_F(RunOrderTest, EndsAnOlderRunThatAppearsAfterTheIntent) {
  const auto old = add("old", 0min);
  const auto young = add("young", 5min);
  EXPECT_FALSE(order.superseded_by(old->state));
  young->state.has_intent = true;
  EXPECT_EQ(order.superseded_by(old->state), young->instance());
}

TEST_F(RunOrderTest, LetsNoRunBeginBesideOneThatHasBegun) {
  const auto old = add("old", 0min);
  const auto young = add("young", 5min);
  EXPECT_TRUE(order.may_begin(*young));
  old->state.has_intent = true;
  EXPECT_FALSE(order.may_begin(*young));
}

TEST_F(RunOrderTest, LetsAQueuedRunWaitForOlderOnes) {
  run::ExportJob queued;
  queued.older_run = run::OlderRun::queue;
  const auto old = add("old", 0min);
  const auto young = add("young", 5min, queued);
  EXPECT_FALSE(order.may_begin(*young));
  old->state.stopping = true;
  EXPECT_TRUE(order.may_begin(*young));
}

TEST_F(RunOrderTest, GivesARedriveThePlaceOfTheRunThatItNames) {
  const auto old = add("old", 0min);
  const auto between = add("between", 5min);
  const auto again = add("again", 10min);
  again->state.redrive_of = {"old"};
  EXPECT_EQ(order.place(again->state), (Place{noon, {"old"}}));
  EXPECT_TRUE(order.superseded_with(again->state).empty());
}

TEST_F(RunOrderTest, KeepsExportsApart) {
  const auto old = add("old", 0min);
  const auto other = add("other", 5min, {}, "export-2");
  other->state.has_intent = true;
  EXPECT_FALSE(order.superseded_by(old->state));
  EXPECT_TRUE(order.may_begin(*old));
}

}  // namespace
}  // namespace delivery
