#include "intake/run_history.hpp"

#include <gtest/gtest.h>

namespace intake {
namespace {

constexpr std::int64_t none_open = 1'000'000;

TEST(RunHistory, RestartsAtTheCommitWhereNoRunIsOpen) {
  RunHistory history;
  history.sealed(5, 9, RunHistory::Seal::by_input);
  EXPECT_EQ(history.notes_at(10, none_open).restart, 10);
}

TEST(RunHistory, RestartsAtTheOldestRunThatIsOpenNow) {
  EXPECT_EQ(RunHistory{}.notes_at(10, 4).restart, 4);
  EXPECT_EQ(RunHistory{}.notes_at(10, 12).restart, 10);
}

TEST(RunHistory, RestartsAtARunThatWasStillOpenAtTheCommit) {
  RunHistory history;
  history.sealed(5, 20, RunHistory::Seal::by_input);
  EXPECT_EQ(history.notes_at(20, none_open).restart, 5);
  EXPECT_EQ(history.notes_at(21, none_open).restart, 21);
}

TEST(RunHistory, ListsAJobOnlyWhereTheReplayCannotSeeWhyItOpenedNothing) {
  RunHistory history;
  history.ignored(8, 2);
  history.ignored(9, 7);
  history.ignored(30, 2);
  EXPECT_EQ(history.notes_at(20, 7).ignored_jobs, std::vector<std::int64_t>{8});
  EXPECT_TRUE(history.notes_at(20, 1).ignored_jobs.empty());
}

TEST(RunHistory, ListsJobsInOrderHoweverItLearntOfThem) {
  RunHistory history;
  history.ignored(12, -1);
  history.ignored(10, 3);
  EXPECT_EQ(history.notes_at(20, 7).ignored_jobs, (std::vector<std::int64_t>{10, 12}));
}

TEST(RunHistory, ListsRunsThatAMemoryLimitSealedBeforeTheCommit) {
  RunHistory history;
  history.sealed(8, 15, RunHistory::Seal::too_large);
  history.sealed(9, 15, RunHistory::Seal::by_input);
  history.sealed(3, 15, RunHistory::Seal::too_large);
  EXPECT_EQ(history.notes_at(20, 7).too_large, (std::vector<TooLarge>{{8, 15}}));
  EXPECT_TRUE(history.notes_at(15, 7).too_large.empty());
}

TEST(RunHistory, ForgetsOnlyWhatNoLaterCommitNeeds) {
  RunHistory history;
  history.sealed(8, 15, RunHistory::Seal::too_large);
  history.sealed(9, 25, RunHistory::Seal::by_input);
  history.ignored(10, 2);
  const auto notes = history.notes_at(20, 7);
  history.forget_before(20, notes);
  EXPECT_EQ(history.notes_at(20, 7), notes);
  EXPECT_EQ(history.notes_at(22, none_open).restart, 9);
}

}  // namespace
}  // namespace intake
