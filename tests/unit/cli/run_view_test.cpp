#include "cli/run_view.hpp"

#include <gmock/gmock.h>

#include "cli/outcome.hpp"
#include "unit/cli/sample_receipt.hpp"

namespace cli {
namespace {

run::ResultEvent changed(std::int64_t job_offset, std::uint64_t sequence, run::RunStatus status) {
  run::ResultEvent event = sample_event();
  event.instance.job_offset = job_offset;
  event.sequence = sequence;
  run::RunChanged what;
  what.status = status;
  event.what = what;
  return event;
}

TEST(RunView, KeepsTheHighestSequence) {
  RunView view{{"run-1"}};
  EXPECT_TRUE(view.take(changed(40, 2, run::RunStatus::processing)));
  EXPECT_FALSE(view.take(changed(40, 1, run::RunStatus::queued)));
  EXPECT_FALSE(view.take(changed(40, 2, run::RunStatus::processing)));
  EXPECT_EQ(view.latest()->sequence, 2U);
}

TEST(RunView, ShowsTheLatestInstanceOfARunIdThatWasUsedAgain) {
  RunView view{{"run-1"}};
  EXPECT_TRUE(view.take(changed(90, 1, run::RunStatus::queued)));
  EXPECT_FALSE(view.take(changed(40, 9, run::RunStatus::processing)));
  EXPECT_EQ(view.latest()->instance.job_offset, 90);
}

run::ResultEvent repeat_of_the_first(std::int64_t job_offset, std::uint64_t sequence) {
  auto event = changed(job_offset, sequence, run::RunStatus::skipped);
  std::get<run::RunChanged>(event.what).reason.reason = run::Reason::repeated_run;
  return event;
}

run::ResultEvent ended_repeat(std::int64_t job_offset, const run::RunInstance& first) {
  auto event = repeat_of_the_first(job_offset, 2);
  run::RunCompleted what;
  what.status = run::RunStatus::skipped;
  what.reason.reason = run::Reason::repeated_run;
  what.refers_to = first;
  event.what = what;
  return event;
}

TEST(RunView, ShowsTheRunThatHappenedAboveItsRepeat) {
  RunView view{{"run-1"}};
  EXPECT_TRUE(view.take(sample_event()));
  EXPECT_TRUE(view.take(repeat_of_the_first(90, 1)));
  EXPECT_TRUE(view.take(ended_repeat(120, sample_event().instance)));
  ASSERT_NE(view.completed(), nullptr);
  EXPECT_EQ(view.completed()->status, run::RunStatus::completed_with_warnings);
  EXPECT_THAT(view.repeats(), testing::ElementsAre(testing::Field(&run::RunInstance::job_offset, 90),
                                                   testing::Field(&run::RunInstance::job_offset, 120)));
}

TEST(RunView, WaitsForTheFirstRunWhenItsRepeatHasEnded) {
  RunView view{{"run-1"}};
  view.take(ended_repeat(90, {{"run-1"}, 2, 40}));
  EXPECT_TRUE(view.take(changed(40, 1, run::RunStatus::processing)));
  EXPECT_EQ(view.completed(), nullptr);
  EXPECT_EQ(view.latest()->instance.job_offset, 40);
}

TEST(RunView, ShowsARepeatOfWhichTheFirstRunIsNoLongerKnown) {
  RunView view{{"run-1"}};
  EXPECT_TRUE(view.take(ended_repeat(90, {{"run-1"}, 2, 40})));
  EXPECT_EQ(view.latest()->instance.job_offset, 90);
  EXPECT_THAT(view.repeats(), testing::IsEmpty());
}

TEST(RunView, LeavesARepeatBehindWhenTheRunIdIsUsedAnewLater) {
  RunView view{{"run-1"}};
  view.take(sample_event());
  view.take(ended_repeat(90, sample_event().instance));
  view.take(changed(200, 1, run::RunStatus::queued));
  EXPECT_EQ(view.latest()->instance.job_offset, 200);
  EXPECT_THAT(view.repeats(), testing::IsEmpty());
}

TEST(RepeatsText, IsOneLineThatSaysWhatToDo) {
  EXPECT_EQ(repeats_text({}), "");
  EXPECT_EQ(repeats_text({{{"run-1"}, 2, 90}}),
            "\nThis run id was used again once, last by the job at 2:90; that was skipped (REPEATED_RUN). Publish the "
            "job under a run id that was never used.\n");
}

TEST(RunView, IgnoresOtherRunsAndAnswers) {
  RunView view{{"run-2"}};
  EXPECT_FALSE(view.take(sample_event()));
  RunView asked{{"run-1"}};
  run::ResultEvent answer = sample_event();
  answer.what = run::RequestAnswer{};
  EXPECT_FALSE(asked.take(answer));
}

TEST(RunView, HasEndedWithItsReceipt) {
  RunView view{{"run-1"}};
  view.take(changed(40, 5, run::RunStatus::processing));
  EXPECT_EQ(view.completed(), nullptr);
  view.take(sample_event());
  ASSERT_NE(view.completed(), nullptr);
  EXPECT_EQ(view.completed()->receipt.decided.accepted, 6U);
}

TEST(ProgressOfARun, SaysThatNobodyTookItUpYet) {
  EXPECT_EQ(render_line(progress_of(std::nullopt, {})), "waiting: 0 rows  for a worker to take it up");
}

TEST(ProgressOfARun, CountsTheRowsThatWereImported) {
  run::ResultEvent event = sample_event();
  run::RunChanged what;
  what.status = run::RunStatus::processing;
  what.rows_accepted = 10;
  what.rows_ended = 5;
  event.what = what;
  EXPECT_EQ(render_line(progress_of(event, {})), "importing: 5 of 10 rows (50%)");
}

TEST(ProgressOfARun, NamesWhyItWaitsAndWhenItIsLookedAtAgain) {
  run::ResultEvent event = sample_event();
  run::RunChanged what;
  what.status = run::RunStatus::queued;
  what.reason = {run::Reason::daily_quota, "10,000 calls were made"};
  what.next_look_at = quarter_past_two();
  what.deadline = quarter_past_two() + std::chrono::hours{72};
  event.what = what;
  EXPECT_EQ(progress_of(event, {}).note, "DAILY_QUOTA: 10,000 calls were made; next look 2026-11-25 02:15:00 UTC");
}

TEST(ExitCodeOfARun, FollowsItsStatus) {
  EXPECT_EQ(exit_code_of(run::RunStatus::successful), ExitCode::success);
  EXPECT_EQ(exit_code_of(run::RunStatus::completed_with_warnings), ExitCode::warnings);
  EXPECT_EQ(exit_code_of(run::RunStatus::skipped), ExitCode::not_sent);
  EXPECT_EQ(exit_code_of(run::RunStatus::canceled), ExitCode::not_sent);
  EXPECT_EQ(exit_code_of(run::RunStatus::failed), ExitCode::run_failed);
  EXPECT_EQ(exit_code_of(run::RunStatus::retrying), ExitCode::still_waiting);
}

}  // namespace
}  // namespace cli
