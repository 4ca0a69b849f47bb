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
