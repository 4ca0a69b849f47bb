#include "cli/time_text.hpp"

#include <gtest/gtest.h>

#include "unit/cli/sample_receipt.hpp"

namespace cli {
namespace {

using namespace std::chrono_literals;

TEST(TimeText, IsWrittenForProgramsPeopleAndNames) {
  const auto time = quarter_past_two() + 123ms;
  EXPECT_EQ(rfc3339(time), "2026-11-25T02:15:00.123Z");
  EXPECT_EQ(date_and_time(time), "2026-11-25 02:15:00 UTC");
  EXPECT_EQ(compact_time(time), "20261125T021500Z");
}

TEST(TimeText, IsReadFromADayOn) {
  EXPECT_EQ(parse_rfc3339("2026-11-25"), quarter_past_two() - 2h - 15min);
  EXPECT_EQ(parse_rfc3339("2026-11-25T02:15Z"), quarter_past_two());
  EXPECT_EQ(parse_rfc3339("2026-11-25T02:15:00Z"), quarter_past_two());
  EXPECT_EQ(parse_rfc3339("2026-11-25T02:15:00.123Z"), quarter_past_two() + 123ms);
}

TEST(TimeText, IsRefusedWhereItIsNoTimeInUtc) {
  for (const char* text :
       {"", "2026", "2026-13-01", "2026-02-30", "2026-11-25T", "2026-11-25T02:15", "2026-11-25T24:00Z",
        "2026-11-25T02:15:00+01:00", "2026-11-25T02:60Z", "2026-11-25 02:15Z", "-026-11-25"}) {
    EXPECT_EQ(parse_rfc3339(text), std::nullopt) << text;
  }
}

TEST(DurationText, GrowsCoarserWithItsLength) {
  EXPECT_EQ(duration_text(0ms), "0.0 s");
  EXPECT_EQ(duration_text(4530ms), "4.5 s");
  EXPECT_EQ(duration_text(65s), "1 min 05 s");
  EXPECT_EQ(duration_text(2h + 3min + 59s), "2 h 03 min");
  EXPECT_EQ(duration_text(76h), "3 d 4 h");
  EXPECT_EQ(duration_text(-1s), "-1.0 s");
}

}  // namespace
}  // namespace cli
