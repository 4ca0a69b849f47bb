#include "kafka/version.hpp"

#include <gtest/gtest.h>

namespace {

using kafka::advice_on;
using kafka::VersionAdvice;

TEST(VersionAdvice, RefusesWhatIsOlderThanWhatWasTried) {
  EXPECT_EQ(advice_on(0x020001ff), VersionAdvice::refuse);
  EXPECT_EQ(advice_on(0x010902ff), VersionAdvice::refuse);
}

TEST(VersionAdvice, CallsVersionsWithKnownDefectsOld) {
  EXPECT_EQ(advice_on(0x020002ff), VersionAdvice::old);
  EXPECT_EQ(advice_on(0x020600ff), VersionAdvice::old);
}

TEST(VersionAdvice, IsFineWithNewerOnes) {
  EXPECT_EQ(advice_on(0x020800ff), VersionAdvice::fine);
  EXPECT_EQ(advice_on(0x020f00ff), VersionAdvice::fine);
}

}  // namespace
