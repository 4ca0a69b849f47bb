#include "run/counts.hpp"

#include <gtest/gtest.h>

namespace run {
namespace {

TEST(DecisionCounts, AddsUpWhenEveryReceivedMemberHasOneOutcome) {
  const DecisionCounts counts{
      .received = 31, .accepted = 1, .invalid = 2, .duplicate = 4, .over_cap = 8, .undecodable = 16};
  EXPECT_TRUE(counts.adds_up());
}

TEST(DecisionCounts, DoesNotAddUpWhenOneMemberIsMissing) {
  EXPECT_FALSE((DecisionCounts{.received = 2, .accepted = 1}.adds_up()));
}

TEST(DecisionCounts, SumsEveryCounter) {
  const DecisionCounts one{.received = 1, .accepted = 2, .invalid = 3, .duplicate = 4, .over_cap = 5, .undecodable = 6};
  DecisionCounts sum = one;
  sum += one;
  EXPECT_EQ(sum, (DecisionCounts{
                     .received = 2, .accepted = 4, .invalid = 6, .duplicate = 8, .over_cap = 10, .undecodable = 12}));
}

TEST(DeliveryCounts, SumsEveryCounter) {
  const DeliveryCounts one{.imported = 1, .unsubscribed = 2, .refused = 3, .failed = 4, .unknown = 5, .not_sent = 6};
  DeliveryCounts sum = one;
  sum += one;
  EXPECT_EQ(sum, (DeliveryCounts{
                     .imported = 2, .unsubscribed = 4, .refused = 6, .failed = 8, .unknown = 10, .not_sent = 12}));
  EXPECT_EQ(sum.sum(), 42U);
}

}  // namespace
}  // namespace run
