#include "delivery/token_rules.hpp"

#include <gtest/gtest.h>

namespace delivery {
namespace {

using namespace std::chrono_literals;

constexpr run::UtcTime now{std::chrono::hours{1'000}};

TokenFacts facts(std::chrono::minutes until_expiry, std::uint32_t tries = 0) {
  TokenFacts known;
  known.access_expires_at = now + until_expiry;
  known.refresh_at = now + until_expiry - 6h;
  known.tries = tries;
  return known;
}

TEST(TokenRules, RefreshesWhatHasNoAccessTokenYet) {
  EXPECT_EQ(next_token_step({}, now, Settings{}), TokenStep::refresh);
}

TEST(TokenRules, UsesATokenUntilItsRefreshIsDue) {
  EXPECT_EQ(next_token_step(facts(7h), now, Settings{}), TokenStep::use);
  EXPECT_EQ(next_token_step(facts(5h), now, Settings{}), TokenStep::refresh);
}

TEST(TokenRules, UsesOnAfterATryWithoutAResultUntilNearExpiry) {
  EXPECT_EQ(next_token_step(facts(5h, 1), now, Settings{}), TokenStep::use);
  EXPECT_EQ(next_token_step(facts(9min, 1), now, Settings{}), TokenStep::refresh);
}

TEST(TokenRules, TriesAgainWhenNothingIsLeftToLose) {
  EXPECT_EQ(next_token_step(facts(9min, 2), now, Settings{}), TokenStep::use);
  EXPECT_EQ(next_token_step(facts(0min, 2), now, Settings{}), TokenStep::refresh);
  EXPECT_EQ(next_token_step(facts(0min, 7), now, Settings{}), TokenStep::refresh);
}

TEST(TokenRules, AsksAPersonOnceTheGrantIsDead) {
  EXPECT_EQ(next_token_step(facts(5h, dead_grant_tries), now, Settings{}), TokenStep::use);
  EXPECT_EQ(next_token_step(facts(0min, dead_grant_tries), now, Settings{}), TokenStep::needs_authorisation);
}

TEST(TokenRules, RefreshesARefusedToken) {
  auto refused = facts(7h);
  refused.refused = true;
  EXPECT_EQ(next_token_step(refused, now, Settings{}), TokenStep::refresh);
}

TEST(TokenRules, SpreadsRefreshesOverHoursBeforeExpiry) {
  EXPECT_EQ(refresh_time(now, now + 24h, 0.0, Settings{}), now + 20h);
  EXPECT_EQ(refresh_time(now, now + 24h, 0.5, Settings{}), now + 18h);
  EXPECT_EQ(refresh_time(now, now + 2h, 0.0, Settings{}), now + 1h);
}

}  // namespace
}  // namespace delivery
