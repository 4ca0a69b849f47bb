#include "async/system_random.hpp"

#include <gtest/gtest.h>

namespace async {
namespace {

TEST(SystemRandom, DrawsOtherBitsEachTime) {
  SystemRandom random;
  EXPECT_NE(random.bits(), random.bits());
}

TEST(SystemRandom, GivesFractionsBelowOne) {
  SystemRandom random;
  for (int draw = 0; draw < 1000; ++draw) {
    const double fraction = random.fraction();
    EXPECT_GE(fraction, 0.0);
    EXPECT_LT(fraction, 1.0);
  }
}

}  // namespace
}  // namespace async
