#include "delivery/run_plan.hpp"

#include <gtest/gtest.h>

#include "unit/delivery/samples.hpp"

namespace delivery {
namespace {

using namespace std::chrono_literals;
using run::Reason;
using run::RunStatus;
using Do = Plan::Do;

class RunPlan : public ::testing::Test {
 protected:
  RunPlan() {
    orders.consented = true;
    around.may_begin = true;
    around.cleared = true;
  }
  Plan next() const { return plan(*run, orders, around, now, settings); }

  RunHandle run = sample_run("run-1");
  Orders orders;
  Surroundings around;
  Settings settings;
  run::UtcTime now = noon;
};

TEST_F(RunPlan, SendsAWholeRunThatNothingHinders) { EXPECT_EQ(next().next, Do::send); }

TEST_F(RunPlan, ClearsARunBeforeItSends) {
  around.cleared = false;
  EXPECT_EQ(next().next, Do::preflight);
}

TEST_F(RunPlan, FinishesOnceEveryBatchHasEnded) {
  run->batches.push_back(sample_batch(*run, run::BatchPhase::submitted));
  EXPECT_EQ(next().next, Do::wait);
  run->batches[0].state.phase = run::BatchPhase::ended;
  EXPECT_EQ(next().next, Do::finish);
}

TEST_F(RunPlan, SaysWhyItKnowsNothingOfItsOpenBatches) {
  run->batches.push_back(sample_batch(*run, run::BatchPhase::submitted));
  run->unanswered = Unanswered{{Reason::needs_authorisation, "status 401"}, noon + 1min};
  EXPECT_EQ(next().status, RunStatus::retrying);
  EXPECT_EQ(next().reason.reason, Reason::needs_authorisation);
  EXPECT_EQ(next().look_again_at, noon + 1min);
  run->batches[0].state.phase = run::BatchPhase::ended;
  EXPECT_EQ(next().next, Do::finish);
}

TEST_F(RunPlan, WaitsForMembersBeforeTheSeal) {
  run->chain = RunChain{run->instance()};
  EXPECT_EQ(next().next, Do::wait);
  EXPECT_EQ(next().reason.reason, Reason::waiting_for_members);
}

TEST_F(RunPlan, SendsARestoredBatchThatWasAbsentAgain) {
  run->batches.push_back(sample_batch(*run, run::BatchPhase::absent));
  EXPECT_EQ(next().next, Do::send);
}

TEST_F(RunPlan, LeavesTheAccountToWhoHasIt) {
  around.account_free = false;
  EXPECT_EQ(next().next, Do::wait);
  EXPECT_EQ(next().reason.reason, Reason::account_busy);
}

TEST_F(RunPlan, WaitsWhileSomethingIsPaused) {
  orders.paused = true;
  EXPECT_EQ(next().reason.reason, Reason::paused);
}

TEST_F(RunPlan, WaitsForConsent) {
  orders.consented = false;
  EXPECT_EQ(next().reason.reason, Reason::no_consent);
  EXPECT_EQ(next().status, RunStatus::retrying);
}

TEST_F(RunPlan, EndsWhatAnOperatorCancels) {
  orders.canceled = true;
  EXPECT_EQ(next().next, Do::stop);
  EXPECT_EQ(next().status, RunStatus::canceled);
}

TEST_F(RunPlan, EndsAtTheDeadlineWithWhatItWaitedFor) {
  run->state.reason.reason = Reason::list_missing;
  now = run->state.deadline;
  EXPECT_EQ(next().next, Do::stop);
  EXPECT_EQ(next().reason.reason, Reason::list_missing);
}

TEST_F(RunPlan, CallsARunWithoutAnEndByTheDeadlineAGap) {
  run->chain = RunChain{run->instance()};
  now = run->state.deadline;
  EXPECT_EQ(next().next, Do::stop);
  EXPECT_EQ(next().reason.reason, Reason::outbox_gap);
}

TEST_F(RunPlan, FollowsOpenBatchesOfAStoppedRunBeforeItFinishes) {
  run->state.stopping = true;
  run->batches.push_back(sample_batch(*run, run::BatchPhase::intent));
  EXPECT_EQ(next().next, Do::wait);
  run->batches[0].state.phase = run::BatchPhase::absent;
  EXPECT_EQ(next().next, Do::finish);
}

TEST_F(RunPlan, HoldsARunAboveItsCapUntilItIsReleased) {
  run::ExportJob job;
  job.over_cap = run::OverCap::hold;
  run = sample_run("run-1", 10, job, 5);
  EXPECT_EQ(next().next, Do::wait);
  EXPECT_EQ(next().reason.reason, Reason::held_over_cap);
  orders.released = true;
  EXPECT_EQ(next().next, Do::send);
}

TEST_F(RunPlan, EndsARunAboveACapThatSkips) {
  run = sample_run("run-1", 10, {}, 5);
  EXPECT_EQ(next().next, Do::stop);
  EXPECT_EQ(next().status, RunStatus::skipped);
}

TEST_F(RunPlan, TakesBackAnIntentThatIsNoLongerWanted) {
  EXPECT_TRUE(may_intend(*run, orders, around, now));
  run->state.stopping = true;
  EXPECT_FALSE(may_intend(*run, orders, around, now));
  run->state.stopping = false;
  around.account_free = false;
  EXPECT_FALSE(may_intend(*run, orders, around, now));
  around.account_free = true;
  around.may_begin = false;
  EXPECT_FALSE(may_intend(*run, orders, around, now));
  run->state.has_intent = true;
  EXPECT_TRUE(may_intend(*run, orders, around, now));
  EXPECT_FALSE(may_intend(*run, orders, around, run->state.deadline));
}

TEST_F(RunPlan, KeepsPassingReasonsToItself) {
  run->state.status = RunStatus::queued;
  run->state.reason.reason = Reason::account_busy;
  EXPECT_FALSE(is_news(run->state, RunStatus::queued, Reason::none));
  EXPECT_TRUE(is_news(run->state, RunStatus::queued, Reason::daily_quota));
  EXPECT_TRUE(is_news(run->state, RunStatus::processing, Reason::none));
}

}  // namespace
}  // namespace delivery
