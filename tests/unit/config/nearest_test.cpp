#include "config/nearest.hpp"

#include <string>
#include <vector>

#include <gtest/gtest.h>

namespace config {
namespace {

const std::vector<std::string> names{"delivery.rate", "delivery.request-timeout", "kafka.brokers", "email", "zip"};

TEST(Nearest, FindsAWordWithOneWrongCharacter) { EXPECT_EQ(nearest("delivery.rote", names), "delivery.rate"); }

TEST(Nearest, FindsAWordWithSwappedCharacters) { EXPECT_EQ(nearest("zpi", names), "zip"); }

TEST(Nearest, IgnoresCase) { EXPECT_EQ(nearest("EMail", names), "email"); }

TEST(Nearest, FindsANameByItsLastPart) { EXPECT_EQ(nearest("request-timeout", names), "delivery.request-timeout"); }

TEST(Nearest, SuggestsNothingForAStranger) {
  EXPECT_EQ(nearest("telemetry.listen", names), std::nullopt);
  EXPECT_EQ(nearest("abc", names), std::nullopt);
}

TEST(Nearest, PrefersTheCloserOfTwo) {
  EXPECT_EQ(nearest("cap-2", std::vector<std::string>{"cap-11", "cap-1"}), "cap-1");
}

TEST(DidYouMean, AsksWithThePrefix) {
  EXPECT_EQ(did_you_mean("delivery.rat", names, "--"), "; did you mean --delivery.rate?");
}

TEST(DidYouMean, IsSilentWithoutACandidate) { EXPECT_EQ(did_you_mean("something else", names), ""); }

}  // namespace
}  // namespace config
