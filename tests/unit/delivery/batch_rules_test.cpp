#include <gtest/gtest.h>

#include "delivery/import_rules.hpp"
#include "delivery/offset_committer.hpp"
#include "delivery/ownership.hpp"
#include "delivery/poll_rules.hpp"
#include "delivery/resolve_rules.hpp"
#include "unit/delivery/samples.hpp"

namespace delivery {
namespace {

using namespace std::chrono_literals;

TEST(ImportRules, NeverRepeatWhatMayHaveBeenTaken) {
  EXPECT_EQ(after_import(NextStep::look_up, {}), AfterImport::look_up);
  EXPECT_EQ(after_import(NextStep::look_up, {.may_repeat = false}), AfterImport::look_up);
}

TEST(ImportRules, RepeatWhatCannotHaveBeenTaken) {
  for (const auto step : {NextStep::retry, NextStep::stop, NextStep::refresh_token}) {
    EXPECT_EQ(after_import(step, {}), AfterImport::again);
    EXPECT_EQ(after_import(step, {.may_repeat = false}), AfterImport::put_back);
    EXPECT_EQ(after_import(step, {.claim_over = true}), AfterImport::over);
  }
}

TEST(ImportRules, RefreshATokenOnce) {
  EXPECT_EQ(after_import(NextStep::refresh_token, {.token_was_refused = true}), AfterImport::put_back);
}

TEST(ImportRules, EndABatchThatIsRefused) {
  EXPECT_EQ(after_import(NextStep::split, {}), AfterImport::refused);
  EXPECT_EQ(after_import(NextStep::reject, {}), AfterImport::run_ends);
  EXPECT_EQ(after_import(NextStep::park, {}), AfterImport::put_back);
  EXPECT_EQ(after_import(NextStep::wait_until, {}), AfterImport::put_back);
}

TEST(ImportRules, CallRowsFailedUnlessAnEarlierAttemptMayHaveBeenTaken) {
  const auto run = sample_run("run-1");
  auto batch = sample_batch(*run, run::BatchPhase::intent).state;
  const Error refusal{NextStep::split, run::Reason::import_refused, "400", {}};
  EXPECT_EQ(refused_batch(batch, refusal, noon).counts.failed, 10U);
  batch.possible_duplicate = true;
  EXPECT_EQ(refused_batch(batch, refusal, noon).counts.unknown, 10U);
}

TEST(PollRules, BackOffToTheLongestPause) {
  const Settings settings;
  EXPECT_EQ(poll_pause({.looks = 0}, settings), 5s);
  EXPECT_EQ(poll_pause({.looks = 2}, settings), 20s);
  EXPECT_EQ(poll_pause({.looks = 1'000'000}, settings), 60s);
}

TEST(PollRules, ShareOutTheReserveOverTheRestOfTheDay) {
  PollFacts facts{.looks = 0, .only_reserve = true, .calls_left = 100, .accounts = 3, .left_in_day = 10'000s};
  EXPECT_EQ(poll_pause(facts, Settings{}), 300s);
  facts.calls_left = 0;
  EXPECT_EQ(poll_pause(facts, Settings{}), 30'000s);
}

TEST(PollRules, FollowAnImportToItsEndOrTheHardDeadline) {
  const Settings settings;
  const auto run = sample_run("run-1");
  const auto batch = sample_batch(*run, run::BatchPhase::submitted).state;
  Activity activity;
  activity.state = ActivityState::processing;
  const auto far = noon + 72h;
  EXPECT_EQ(follow(batch, activity, true, far, noon + 1h, settings), Followed::goes_on);
  EXPECT_EQ(follow(batch, activity, true, far, noon + 7h, settings), Followed::given_up);
  EXPECT_EQ(follow(batch, std::nullopt, false, far, noon + 7h, settings), Followed::goes_on);
  EXPECT_EQ(follow(batch, std::nullopt, false, far, far, settings), Followed::given_up);
  activity.state = ActivityState::completed;
  EXPECT_EQ(follow(batch, activity, true, far, noon + 7h, settings), Followed::ended);
}

TEST(ResolveRules, SendAgainOnceWhereNamesProveNothing) {
  const auto run = sample_run("run-1");
  const auto first = sample_batch(*run, run::BatchPhase::intent).state;
  const auto absent = absent_batch(first, Names::not_proven, noon);
  EXPECT_EQ(absent.phase, run::BatchPhase::absent);
  EXPECT_TRUE(absent.possible_duplicate);
  EXPECT_EQ(absent_batch(absent, Names::not_proven, noon).counts.unknown, 10U);
  EXPECT_EQ(absent_batch(absent, Names::shown, noon).phase, run::BatchPhase::absent);
}

TEST(ResolveRules, LookForAsLongAsTheRunHasTime) {
  const auto run = sample_run("run-1");
  const auto batch = sample_batch(*run, run::BatchPhase::intent).state;
  EXPECT_FALSE(is_past_finding(batch, noon + 72h, noon + 48h, Settings{}));
  EXPECT_TRUE(is_past_finding(batch, noon + 72h, noon + 72h, Settings{}));
  EXPECT_FALSE(is_past_finding(batch, noon + 1h, noon + 2h, Settings{}));
}

TEST(CommitPosition, StaysAtTheOldestRunThatIsNotFinished) {
  RunBook book;
  EXPECT_EQ(commit_position(book, 90), 90);
  const auto run = sample_run("run-1");
  book.restore(run);
  EXPECT_EQ(commit_position(book, 90), 7);
  run->state.index = run->chain.index();
  EXPECT_EQ(commit_position(book, 90), 90);
}

TEST(ClaimingAgain, WaitsForTheOtherOwnersReleaseOrSilence) {
  const Settings settings;
  EXPECT_TRUE(may_claim_again({.none = true}, 0s, settings));
  EXPECT_TRUE(may_claim_again({.released = true}, 0s, settings));
  EXPECT_FALSE(may_claim_again({}, 29s, settings));
  EXPECT_TRUE(may_claim_again({}, 30s, settings));
}

}  // namespace
}  // namespace delivery
