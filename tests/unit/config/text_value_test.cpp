#include "config/text_value.hpp"

#include <gmock/gmock.h>

namespace config {
namespace {

using std::chrono::nanoseconds;
using testing::ElementsAre;
using testing::IsEmpty;
using namespace std::chrono_literals;

TEST(TextValue, KeepsTextAsItIs) { EXPECT_EQ(*parse_text("a # b \"c\""), "a # b \"c\""); }

TEST(TextValue, RefusesALineBreak) { EXPECT_FALSE(parse_text("broker:9092\n")); }

TEST(TextValue, RefusesABlankAtAnEnd) {
  EXPECT_FALSE(parse_text(" a"));
  EXPECT_FALSE(parse_text("a "));
}

TEST(TextValue, TakesOnlyTrueAndFalseAsAFlag) {
  EXPECT_TRUE(*parse_flag("true"));
  EXPECT_FALSE(*parse_flag("false"));
  EXPECT_FALSE(parse_flag("yes"));
  EXPECT_FALSE(parse_flag(""));
}

TEST(TextValue, ReadsNumbers) {
  EXPECT_EQ(*parse_number("3.5"), 3.5);
  EXPECT_EQ(*parse_number("40"), 40);
}

TEST(TextValue, RefusesWhatIsOnlyPartlyANumber) {
  for (const auto* text : {"", "3.5x", " 3.5", "0x10", "nan", "inf", "1e999", "3,5"}) {
    EXPECT_FALSE(parse_number(text)) << text;
  }
}

TEST(TextValue, RefusesCountsThatAreNotWholeOrTooLarge) {
  for (const auto* text : {"", "-1", "1.0", "1e6", "1_000", "18446744073709551616"}) {
    EXPECT_FALSE(parse_count(text)) << text;
  }
  EXPECT_EQ(*parse_count("18446744073709551615"), 18446744073709551615ULL);
}

TEST(TextValue, ReadsSizesInThousandsAndInPowersOfTwo) {
  EXPECT_EQ(*parse_bytes("900000"), 900'000U);
  EXPECT_EQ(*parse_bytes("500KB"), 500'000U);
  EXPECT_EQ(*parse_bytes("64KiB"), 65'536U);
  EXPECT_EQ(*parse_bytes("2GiB"), 2ULL << 30U);
}

TEST(TextValue, RefusesSizesWithAStrangeUnit) {
  for (const auto* text : {"", "KB", "5 KB", "5kb", "5K", "1.5MB", "5KB5", "99999999999999GiB"}) {
    EXPECT_FALSE(parse_bytes(text)) << text;
  }
}

TEST(TextValue, ReadsDurations) {
  EXPECT_EQ(*parse_duration("250ms"), 250ms);
  EXPECT_EQ(*parse_duration("30s"), 30s);
  EXPECT_EQ(*parse_duration("5m"), 5min);
  EXPECT_EQ(*parse_duration("3d"), 72h);
  EXPECT_EQ(*parse_duration("1h30m"), 90min);
  EXPECT_EQ(*parse_duration("0"), 0s);
}

TEST(TextValue, RefusesDurationsWithoutAUnitOrTooLong) {
  for (const auto* text : {"", "30", "s", "30 s", "-5s", "1.5h", "5min", "1h30", "200000d", "100000d100000d"}) {
    EXPECT_FALSE(parse_duration(text)) << text;
  }
}

TEST(TextValue, WritesDurationsAsTheyAreRead) {
  for (const auto duration : {nanoseconds{250ms}, nanoseconds{90s}, nanoseconds{72h}, nanoseconds{0}}) {
    EXPECT_EQ(*parse_duration(to_text(duration)), duration);
  }
  EXPECT_EQ(to_text(nanoseconds{5min}), "5m");
}

TEST(TextValue, WritesSizesInTheLargestUnitThatFits) {
  EXPECT_EQ(bytes_to_text(64 * 1024), "64KiB");
  EXPECT_EQ(bytes_to_text(900'000), "900KB");
  EXPECT_EQ(bytes_to_text(900'001), "900001B");
}

TEST(TextValue, ReadsAddresses) {
  EXPECT_EQ(*parse_address("0.0.0.0:8080"), (Address{"0.0.0.0", 8080}));
  EXPECT_EQ(*parse_address("worker.example.com:0"), (Address{"worker.example.com", 0}));
  EXPECT_EQ(*parse_address("[::]:8080"), (Address{"::", 8080}));
}

TEST(TextValue, RefusesAddressesThatAreNotHostAndPort) {
  for (const auto* text : {"", "8080", ":8080", "host:", "host:65536", "host:80x", "::1:80", "http://host:80", "[]:80",
                           "[host]:80", "a b:80"}) {
    EXPECT_FALSE(parse_address(text)) << text;
  }
}

TEST(TextValue, ReadsListsWithBlanksAroundItems) {
  EXPECT_THAT(*parse_list("a:1, b:2 ,c"), ElementsAre("a:1", "b:2", "c"));
  EXPECT_THAT(*parse_list(" "), IsEmpty());
}

TEST(TextValue, RefusesListsWithAnEmptyOrRepeatedItem) {
  for (const auto* text : {",", "a,", "a,,b", "a,b,a"}) EXPECT_FALSE(parse_list(text)) << text;
}

}  // namespace
}  // namespace config
