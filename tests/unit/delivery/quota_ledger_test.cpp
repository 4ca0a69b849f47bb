#include "delivery/quota_ledger.hpp"

#include <gtest/gtest.h>

namespace delivery {
namespace {

using namespace std::chrono_literals;
using Answer = QuotaLedger::Answer;

constexpr run::UtcTime morning = std::chrono::sys_days{std::chrono::year{2026} / 3 / 1} + 9h;

/// Takes calls until the answer is not yes any more, journalling blocks as it goes.
std::uint32_t take_all(QuotaLedger& ledger, Purpose purpose, run::UtcTime now) {
  for (std::uint32_t taken = 0;;) {
    switch (ledger.take(purpose, now)) {
      case Answer::yes:
        ++taken;
        break;
      case Answer::needs_block:
        ledger.committed(ledger.next_block(now));
        break;
      case Answer::spent:
        return taken;
    }
  }
}

TEST(QuotaLedger, GivesNothingBeforeABlockIsJournalled) {
  QuotaLedger ledger{{"app"}, {}};
  EXPECT_EQ(ledger.take(Purpose::send, morning), Answer::needs_block);
  const auto block = ledger.next_block(morning);
  EXPECT_EQ(block.reserved, 50U);
  EXPECT_EQ(ledger.take(Purpose::send, morning), Answer::needs_block);
  ledger.committed(block);
  EXPECT_EQ(ledger.take(Purpose::send, morning), Answer::yes);
}

TEST(QuotaLedger, LeavesSharesForPollingAndForPeople) {
  QuotaLedger ledger{{"app"}, {.calls_per_day = 1000}};
  EXPECT_EQ(take_all(ledger, Purpose::send, morning), 800U);
  EXPECT_EQ(take_all(ledger, Purpose::send_on_demand, morning), 100U);
  EXPECT_EQ(take_all(ledger, Purpose::resolve, morning), 100U);
  EXPECT_EQ(ledger.used(morning), 1000U);
}

TEST(QuotaLedger, CountsABlockThatACrashLeftAsUsed) {
  QuotaLedger ledger{{"app"}, {.calls_per_day = 100}};
  ledger.restore({{"app"}, std::chrono::floor<std::chrono::days>(morning), 50});
  EXPECT_EQ(take_all(ledger, Purpose::resolve, morning), 50U);
}

TEST(QuotaLedger, NeverReservesMoreThanTheDay) {
  QuotaLedger ledger{{"app"}, {.calls_per_day = 70}};
  EXPECT_EQ(take_all(ledger, Purpose::resolve, morning), 70U);
  EXPECT_EQ(ledger.next_block(morning).reserved, 70U);
}

TEST(QuotaLedger, LetsABlockDieBeforeItsMidnightAndStartsTheNextDayEmpty) {
  QuotaLedger ledger{{"app"}, {}};
  ledger.committed(ledger.next_block(morning));
  const auto midnight = ledger.opens_at(morning);
  EXPECT_EQ(ledger.take(Purpose::send, midnight - 60s), Answer::spent);
  EXPECT_EQ(ledger.take(Purpose::send, midnight), Answer::needs_block);
  EXPECT_EQ(ledger.next_block(midnight).reserved, 50U);
}

TEST(QuotaLedger, DoesNotOpenAnEarlierDayWhenTheClockStepsBack) {
  QuotaLedger ledger{{"app"}, {.calls_per_day = 50}};
  EXPECT_EQ(take_all(ledger, Purpose::resolve, morning), 50U);
  EXPECT_EQ(take_all(ledger, Purpose::resolve, morning - 24h), 0U);
}

TEST(QuotaLedger, GivesBackWhatIsLeftOfABlock) {
  QuotaLedger ledger{{"app"}, {}};
  EXPECT_EQ(ledger.give_back(), std::nullopt);
  ledger.committed(ledger.next_block(morning));
  for (int call = 0; call < 3; ++call) ASSERT_EQ(ledger.take(Purpose::send, morning), Answer::yes);
  const auto block = ledger.give_back();
  ASSERT_TRUE(block);
  EXPECT_EQ(block->reserved, 3U);
  EXPECT_EQ(ledger.take(Purpose::send, morning), Answer::needs_block);
  QuotaLedger next{{"app"}, {}};
  next.restore(*block);
  EXPECT_EQ(next.next_block(morning).reserved, 53U);
}

TEST(QuotaLedger, StaysClosedUntilMidnightWhenTheVendorSaysSo) {
  QuotaLedger ledger{{"app"}, {}};
  ledger.committed(ledger.next_block(morning));
  ledger.close_day(morning);
  EXPECT_EQ(ledger.take(Purpose::resolve, morning + 1h), Answer::spent);
  EXPECT_EQ(ledger.left(Purpose::resolve, morning), 0U);
  EXPECT_EQ(ledger.take(Purpose::resolve, ledger.opens_at(morning)), Answer::needs_block);
}

TEST(QuotaLedger, TakesARefusalRightAfterMidnightForOneOfTheDayBefore) {
  QuotaLedger ledger{{"app"}, {}};
  const auto midnight = ledger.opens_at(morning);
  ledger.committed(ledger.next_block(midnight));
  ledger.close_day(midnight + 2s);
  EXPECT_EQ(ledger.take(Purpose::resolve, midnight + 3s), Answer::spent);
  EXPECT_EQ(ledger.opens_at(midnight + 3s), midnight + 60s);
  EXPECT_EQ(ledger.take(Purpose::resolve, midnight + 60s), Answer::needs_block);
}

}  // namespace
}  // namespace delivery
