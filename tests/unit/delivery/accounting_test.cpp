#include "delivery/accounting.hpp"

#include <string>
#include <vector>

#include <gtest/gtest.h>

namespace delivery {
namespace {

using run::Reason;
using run::RunStatus;

Activity ended(ActivityState state, std::optional<std::uint64_t> persons, std::uint64_t errors = 0,
               std::uint64_t correctable = 0, std::uint64_t cannot_add = 0) {
  Activity activity;
  activity.state = state;
  activity.person_count = persons;
  activity.error_count = errors;
  activity.correctable_count = correctable;
  activity.cannot_add_to_list_count = cannot_add;
  return activity;
}

TEST(Accounting, ReadsPersonCountInEachOfItsMeanings) {
  for (const std::uint64_t persons : {100U, 88U}) {
    const auto result = account(ended(ActivityState::completed, persons, 3, 4, 5), 100);
    EXPECT_EQ(result.counts, (run::DeliveryCounts{.imported = 88, .unsubscribed = 5, .refused = 7})) << persons;
    EXPECT_EQ(result.warning, Reason::none) << persons;
  }
}

TEST(Accounting, NeverCallsAMissingCounterZero) {
  EXPECT_EQ(account(ended(ActivityState::completed, std::nullopt), 10).counts.unknown, 10U);
  auto partly = ended(ActivityState::completed, 10);
  partly.error_count.reset();
  EXPECT_EQ(account(partly, 10).counts.unknown, 10U);
  EXPECT_EQ(account(partly, 10).warning, Reason::counters_missing);
}

TEST(Accounting, CallsTheRestFailedWhenPersonsAreMissing) {
  const auto result = account(ended(ActivityState::completed, 63), 100);
  EXPECT_EQ(result.counts, (run::DeliveryCounts{.imported = 63, .failed = 37}));
  EXPECT_EQ(result.warning, Reason::shortfall);
}

TEST(Accounting, CallsUnknownWhatTheMeaningsOfPersonCountDisagreeAbout) {
  const auto result = account(ended(ActivityState::completed, 60, 10), 100);
  EXPECT_EQ(result.counts, (run::DeliveryCounts{.imported = 50, .refused = 10, .failed = 30, .unknown = 10}));
}

TEST(Accounting, CallsAnImportThatTookNothingFailed) {
  const auto result = account(ended(ActivityState::failed, 0), 10);
  EXPECT_EQ(result.counts.failed, 10U);
  EXPECT_EQ(result.warning, Reason::import_refused);
}

TEST(Accounting, AddsUpWhateverTheVendorSays) {
  const std::vector<std::uint64_t> values{0, 1, 5, 9, 10, 11, 1000};
  for (const auto state : {ActivityState::completed, ActivityState::failed, ActivityState::timed_out}) {
    for (const auto persons : values) {
      for (const auto errors : values) {
        for (const auto unsubscribed : values) {
          const auto result = account(ended(state, persons, errors, errors, unsubscribed), 10);
          EXPECT_EQ(result.counts.sum(), 10U) << persons << ' ' << errors << ' ' << unsubscribed;
        }
      }
    }
  }
}

struct EndedRun {
  run::RunOpened opened;
  run::RunSealed sealed;
  run::RunState state;
  std::vector<run::BatchState> batches;

  explicit EndedRun(std::uint64_t accepted) {
    opened.job.mapping.email_attribute = "email";
    opened.job.cap = 1000;
    sealed.totals.received = sealed.totals.accepted = accepted;
  }

  void imported(std::uint64_t rows) {
    run::BatchState batch;
    batch.batch_id.value = "b" + std::to_string(batches.size());
    batch.phase = run::BatchPhase::ended;
    batch.rows = rows;
    batch.counts.imported = rows;
    batches.push_back(batch);
  }

  run::RunCompleted end() const {
    return complete(
        {.opened = opened, .sealed = &sealed, .mark = {}, .state = state, .batches = batches, .ended_at = {}});
  }
};

TEST(Accounting, CallsARunSuccessfulWhenEverybodyArrived) {
  EndedRun run{30};
  run.imported(20);
  run.imported(10);
  const auto completed = run.end();
  EXPECT_EQ(completed.status, RunStatus::successful);
  EXPECT_TRUE(completed.receipt.adds_up());
  EXPECT_EQ(completed.receipt.delivered.imported, 30U);
  EXPECT_TRUE(completed.warnings.empty());
}

TEST(Accounting, CallsWhatWasNotInAnyBatchNotSent) {
  EndedRun run{30};
  run.imported(20);
  run.state.status = RunStatus::canceled;
  run.state.reason = {Reason::canceled_by_operator, {}};
  const auto completed = run.end();
  EXPECT_EQ(completed.status, RunStatus::canceled);
  EXPECT_EQ(completed.receipt.delivered.not_sent, 10U);
  EXPECT_TRUE(completed.receipt.adds_up());
}

TEST(Accounting, CountsTheChildrenOfAReplacedBatchOnly) {
  EndedRun run{20};
  run.imported(20);
  run.batches.front().phase = run::BatchPhase::replaced;
  run.imported(12);
  run.imported(8);
  EXPECT_TRUE(run.end().receipt.adds_up());
  EXPECT_EQ(run.end().receipt.batches.size(), 2U);
}

TEST(Accounting, WarnsOfCountsThatDifferFromTheDeclaredOnes) {
  EndedRun run{10};
  run.imported(10);
  run::SegmentReceipt segment;
  segment.id.value = "s1";
  segment.decided.received = 10;
  segment.members_sent = 12;
  run.sealed.segments = {segment};
  const auto completed = run.end();
  EXPECT_EQ(completed.status, RunStatus::completed_with_warnings);
  ASSERT_EQ(completed.warnings.size(), 1U);
  EXPECT_EQ(completed.warnings.front().reason, Reason::count_short);
}

TEST(Accounting, WarnsOfEveryMemberThatWasNotTakenAsUpstreamMeant) {
  EndedRun run{10};
  run.imported(10);
  run.batches.front().counts = {.imported = 7, .refused = 3};
  EXPECT_EQ(run.end().warnings, (std::vector<run::ReasonNote>{{Reason::rows_rejected, "3 refused by the vendor"}}));
  run.sealed.totals.received = 13;
  run.sealed.totals.undecodable = 1;
  run.sealed.totals.invalid = 2;
  EXPECT_EQ(run.end().status, RunStatus::completed_with_warnings);
  EXPECT_EQ(run.end().warnings.front().detail, "2 invalid, 1 unreadable, 3 refused by the vendor");
}

TEST(Accounting, CallsARunThatHeldAnUnreadableRecordNoSuccess) {
  EndedRun run{10};
  run.imported(10);
  run.sealed.totals.received = 11;
  run.sealed.totals.undecodable = 1;
  EXPECT_EQ(run.end().status, RunStatus::completed_with_warnings);
}

TEST(Accounting, NamesHowManyWereCutAtTheCap) {
  EndedRun run{10};
  run.opened.job.cap = 10;
  run.opened.job.over_cap = run::OverCap::truncate;
  run.sealed.totals.received = 14;
  run.sealed.totals.over_cap = 4;
  run.imported(10);
  const auto completed = run.end();
  ASSERT_EQ(completed.warnings.size(), 1U);
  EXPECT_EQ(completed.warnings.front().reason, Reason::truncated_at_cap);
  EXPECT_NE(completed.warnings.front().detail.find("4 members"), std::string::npos);
}

TEST(Accounting, NamesThemAlsoForAHeldRunThatWasReleased) {
  EndedRun run{10};
  run.opened.job.cap = 10;
  run.opened.job.over_cap = run::OverCap::hold;
  run.sealed.totals.received = 14;
  run.sealed.totals.over_cap = 4;
  EXPECT_TRUE(run.end().warnings.empty());
  run.imported(10);
  const auto completed = run.end();
  ASSERT_EQ(completed.warnings.size(), 1U);
  EXPECT_EQ(completed.warnings.front().reason, Reason::truncated_at_cap);
}

TEST(Accounting, SkipsHoldsOrTruncatesAboveTheCapAsTheJobSays) {
  EndedRun run{10};
  run.sealed.totals.over_cap = 1;
  run.opened.job.over_cap = run::OverCap::skip;
  EXPECT_EQ(judge(run.opened, run.sealed).reason, Reason::over_cap);
  EXPECT_EQ(judge(run.opened, run.sealed).status, RunStatus::skipped);
  run.opened.job.over_cap = run::OverCap::hold;
  EXPECT_EQ(judge(run.opened, run.sealed).next, SealVerdict::Next::hold);
  run.opened.job.over_cap = run::OverCap::truncate;
  EXPECT_EQ(judge(run.opened, run.sealed).next, SealVerdict::Next::send);
}

TEST(Accounting, DiscardsAnIncompleteRunOnlyIfTheJobSaysSo) {
  EndedRun run{10};
  run.sealed.cause = run::SealCause::silent;
  EXPECT_EQ(judge(run.opened, run.sealed).next, SealVerdict::Next::send);
  run.opened.job.incomplete = run::Incomplete::discard;
  EXPECT_EQ(judge(run.opened, run.sealed).reason, Reason::incomplete_run);
}

TEST(Accounting, KnowsNoSumWhereNoSealCame) {
  EndedRun run{0};
  run.state.status = RunStatus::failed;
  run.state.reason = {Reason::deadline, {}};
  const auto completed = complete({.opened = run.opened,
                                   .sealed = nullptr,
                                   .mark = run::Position{17, 0},
                                   .state = run.state,
                                   .batches = run.batches,
                                   .ended_at = {}});
  EXPECT_EQ(completed.receipt.unknown_from, (run::Position{17, 0}));
}

}  // namespace
}  // namespace delivery
