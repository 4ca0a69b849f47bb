#include "contact/blanks.hpp"

#include <string>
#include <utility>
#include <vector>

#include <gtest/gtest.h>

namespace contact {
namespace {

std::string one_line_of(std::string_view text) {
  std::string line = "from before";
  one_line(text, line);
  return line;
}

TEST(Blanks, AreTrimmedAtBothEnds) {
  for (const std::string blank : {" ", "\t", "\r\n", "\v\f", "\u0085", "\u00A0", "\u1680", "\u2003", "\u200B", "\u2028",
                                  "\u202F", "\u205F", "\u2060", "\u3000", "\uFEFF", " \u00A0\u3000 "}) {
    EXPECT_EQ(trim(blank), "") << testing::PrintToString(blank);
    EXPECT_EQ(trim(blank + "a b" + blank), "a b") << testing::PrintToString(blank);
    EXPECT_EQ(trim(blank + "\u00FC" + blank), "\u00FC") << testing::PrintToString(blank);
  }
}

TEST(Blanks, AreNotMarksThatSteerOrJoinOrBytesThatAreNotUtf8) {
  for (const std::string content : {"\u200C", "\u200D", "\u200E", "\u200F", "\xC2", "\xA0", "\xE3\x80", "\x01"}) {
    EXPECT_EQ(trim(content), content) << testing::PrintToString(content);
  }
}

TEST(Blanks, StayInside) { EXPECT_EQ(trim(" a \u00A0 b "), "a \u00A0 b"); }

TEST(OneLine, HasOneBlankForEachRunOfControlCharacters) {
  const std::vector<std::pair<std::string, std::string>> texts{
      {"", ""},
      {"a b", "a b"},
      {"a\r\nb", "a b"},
      {"a\nb\rc", "a b c"},
      {"a\tb", "a b"},
      {std::string{"a\0b", 3}, "a b"},
      {"a\x1B\x7F\u0085\u009F\u2028\u2029z", "a z"},
      {"\u00FC\n\u00FC", "\u00FC \u00FC"},
      {"a \n b", "a   b"},
      {"a\u00A0b", "a\u00A0b"},
  };
  for (const auto& [text, line] : texts) EXPECT_EQ(one_line_of(text), line) << testing::PrintToString(text);
}

TEST(OneLine, IsTrimmedAfterwards) {
  EXPECT_EQ(one_line_of(std::string{"\0 \x01\u00A0"
                                    "a\n\u3000\0",
                                    11}),
            "a");
  EXPECT_EQ(one_line_of("\x01\x02"), "");
}

}  // namespace
}  // namespace contact
