#include "kafka/offset_guard.hpp"

#include <gtest/gtest.h>

namespace {

using kafka::OffsetGuard;

TEST(OffsetGuard, AdmitsWhatFollows) {
  OffsetGuard guard{5};
  EXPECT_TRUE(guard.admit(5));
  EXPECT_TRUE(guard.admit(6));
  EXPECT_EQ(guard.expected(), 7);
}

TEST(OffsetGuard, AdmitsWhatFollowsAGap) {
  OffsetGuard guard{5};
  EXPECT_TRUE(guard.admit(9));
  EXPECT_EQ(guard.expected(), 10);
}

TEST(OffsetGuard, RefusesWhatLiesBelow) {
  OffsetGuard guard{5};
  EXPECT_FALSE(guard.admit(4));
  EXPECT_TRUE(guard.admit(5));
  EXPECT_FALSE(guard.admit(5));
  EXPECT_EQ(guard.expected(), 6);
}

TEST(OffsetGuard, PassesMarkersAndNeverGoesBack) {
  OffsetGuard guard{5};
  guard.skip_to(8);
  EXPECT_EQ(guard.expected(), 8);
  guard.skip_to(3);
  EXPECT_EQ(guard.expected(), 8);
}

}  // namespace
