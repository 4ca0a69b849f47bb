#include "delivery/journal_state.hpp"

#include <gtest/gtest.h>

#include "delivery/housekeeper.hpp"
#include "delivery/journal_record.hpp"
#include "delivery/restore.hpp"
#include "unit/delivery/samples.hpp"

namespace delivery {
namespace {

using namespace std::chrono_literals;

class JournalStateTest : public ::testing::Test {
 protected:
  void add(const run::JournalRecord& record, run::UtcTime at) {
    const auto outgoing = to_journal(record);
    ASSERT_TRUE(journal.apply({next_++, at, outgoing.key, outgoing.value}));
  }
  void own(const std::string& claim, run::UtcTime at, bool released = false, std::chrono::milliseconds timeout = 30s,
           std::chrono::milliseconds lease = 10s) {
    run::Owner owner;
    owner.claim_id = {claim};
    owner.request_timeout = timeout;
    owner.lease = lease;
    owner.released = released;
    add(owner, at);
  }
  run::BatchState intent_of(const std::string& claim) {
    auto state = sample_batch(*run, run::BatchPhase::intent).state;
    state.claim_id = {claim};
    return state;
  }

  RunHandle run = sample_run("run-1");
  JournalState journal;

 private:
  std::int64_t next_ = 0;
};

TEST_F(JournalStateTest, RefusesWhatItCannotRead) { EXPECT_FALSE(journal.apply({0, noon, "key", "\xff"})); }

TEST_F(JournalStateTest, WaitsForNobodyBehindAReleasedOwner) {
  own("a", noon);
  own("a", noon + 1s, true);
  own("mine", noon + 2s);
  EXPECT_FALSE(journal.unreleased_requests({"mine"}, 10s));
}

TEST_F(JournalStateTest, WaitsForTheSlowestOfThoseThatDidNotRelease) {
  own("a", noon, false, 60s);
  own("b", noon + 1s, false, 20s);
  own("mine", noon + 2s);
  EXPECT_EQ(journal.unreleased_requests({"mine"}, 10s), 70s);
}

TEST_F(JournalStateTest, WaitsForTheLeaseThatAnOwnerHadNotForOurs) {
  own("a", noon, false, 20s, 45s);
  add(intent_of("a"), noon + 5s);
  EXPECT_EQ(journal.unreleased_requests({"mine"}, 10s), 65s);
  EXPECT_EQ(journal.requests_over({"a"}, 10s), noon + 5s + 65s);
}

TEST_F(JournalStateTest, CountsTheSettlingFromTheLastSignOfWhoWroteTheIntent) {
  const Settings settings;
  own("a", noon);
  add(intent_of("a"), noon + 5s);
  own("b", noon + 10min);
  const auto at = settles_at(journal, intent_of("a"), noon + 20min, settings);
  EXPECT_EQ(at, noon + 5s + 30s + settings.handover_margin + settings.settle);
  const auto unknown = settles_at(journal, intent_of("gone"), noon, settings);
  EXPECT_EQ(unknown, noon + settings.request_timeout + settings.handover_margin + settings.settle);
}

TEST_F(JournalStateTest, RestoresARunWithItsBatchesAndTheOffsetThatItNeeds) {
  run->state.opened_at_offset = 42;
  add(run->state, noon);
  add(intent_of("a"), noon);
  const auto restored = restored_run(journal.runs().at(0), journal, noon, Settings{});
  EXPECT_EQ(restored->first_offset, 42);
  ASSERT_EQ(restored->batches.size(), 1U);
  EXPECT_TRUE(restored->batches[0].is_unresolved());
  EXPECT_TRUE(restored->batches[0].settles_at);
}

TEST_F(JournalStateTest, RestoresAJournalledIndexWithoutTheOutbox) {
  run->state.index = run->chain.index();
  add(run->state, noon);
  const auto restored = restored_run(journal.runs().at(0), journal, noon, Settings{});
  EXPECT_EQ(restored->chain.state(), RunChain::State::complete);
  RunBook book;
  book.restore(restored);
  EXPECT_FALSE(book.lowest_needed());
}

TEST_F(JournalStateTest, KeepsOwnersWhoseIntentsHaveNoAnswer) {
  own("answered", noon);
  own("asked", noon);
  add(run->state, noon);
  add(intent_of("asked"), noon);
  own("mine", noon);
  add(run::QuotaBlock{{"application-1"}, std::chrono::floor<std::chrono::days>(noon) - std::chrono::days{3}, 50}, noon);
  const auto gone = outlived(journal, {"mine"}, noon);
  ASSERT_EQ(gone.size(), 2U);
  EXPECT_TRUE(std::holds_alternative<run::QuotaBlock>(gone[0]));
  EXPECT_EQ(std::get<run::Owner>(gone[1]).claim_id.value, "answered");
}

}  // namespace
}  // namespace delivery
