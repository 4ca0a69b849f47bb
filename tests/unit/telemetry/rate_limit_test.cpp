#include "telemetry/rate_limit.hpp"

#include <gtest/gtest.h>

namespace telemetry {
namespace {

using namespace std::chrono_literals;

const RateLimit::Time start{1h};

TEST(RateLimit, LetsACauseSpeakAFewTimes) {
  RateLimit limit{2, 60s};
  EXPECT_EQ(limit.ask("away", start), 0U);
  EXPECT_EQ(limit.ask("away", start), 0U);
  EXPECT_EQ(limit.ask("away", start + 59s), std::nullopt);
}

TEST(RateLimit, TellsInTheNextIntervalHowManyItKeptBack) {
  RateLimit limit{1, 60s};
  limit.ask("away", start);
  limit.ask("away", start + 1s);
  limit.ask("away", start + 2s);
  EXPECT_EQ(limit.ask("away", start + 60s), 2U);
  EXPECT_EQ(limit.ask("away", start + 120s), 0U);
}

TEST(RateLimit, CountsEachCauseForItself) {
  RateLimit limit{1, 60s};
  limit.ask("away", start);
  EXPECT_EQ(limit.ask("fenced", start), 0U);
}

}  // namespace
}  // namespace telemetry
