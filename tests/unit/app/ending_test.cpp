#include "app/ending.hpp"

#include <gtest/gtest.h>

namespace app {
namespace {

constexpr std::chrono::milliseconds no_time{0};

TEST(Ending, IsNotBegunByItself) { EXPECT_FALSE(Ending{}.wait_for(no_time)); }

TEST(Ending, BeginsWhenAskedFor) {
  Ending ending;
  ending.ask();
  EXPECT_TRUE(ending.wait_for(no_time));
  EXPECT_EQ(ending.failure(), std::nullopt);
}

TEST(Ending, KeepsTheFirstFailure) {
  Ending ending;
  ending.fail("intake: a record can never be delivered");
  ending.fail("delivery: broken pipe");
  EXPECT_TRUE(ending.wait_for(no_time));
  ASSERT_TRUE(ending.failure());
  EXPECT_EQ(ending.failure()->why, "intake: a record can never be delivered");
}

}  // namespace
}  // namespace app
