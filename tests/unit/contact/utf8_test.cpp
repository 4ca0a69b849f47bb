#include "contact/utf8.hpp"

#include <string>
#include <utility>
#include <vector>

#include <gtest/gtest.h>

namespace contact {
namespace {

TEST(Utf8, CountsCodePointsNotBytes) {
  const std::vector<std::pair<std::string, std::size_t>> texts{
      {"", 0},
      {"abc", 3},
      {std::string{"a\0b", 3}, 3},
      {"\u00FC", 1},
      {"u\u0308", 2},
      {"\u20AC\u3000", 2},
      {"\uD7FF\uE000", 2},
      {"\U0001F600x", 2},
      {"\u0080", 1},
      {"\u0800", 1},
      {"\U00010000", 1},
      {"\U0010FFFF", 1},
      {"\xEF\xBF\xBE", 1},
  };
  for (const auto& [text, count] : texts) EXPECT_EQ(count_code_points(text), count) << testing::PrintToString(text);
}

TEST(Utf8, RefusesWhatIsNotWellFormed) {
  const std::vector<std::string> texts{
      // Overlong forms.
      "\xC0\x80", "\xC0\xAF", "\xC1\xBF", "\xE0\x80\x80", "\xE0\x9F\xBF", "\xF0\x80\x80\x80", "\xF0\x8F\xBF\xBF",
      // Surrogates.
      "\xED\xA0\x80", "\xED\xBF\xBF", "\xED\xA0\xBD\xED\xB8\x80",
      // Above U+10FFFF, and forms of five and six bytes.
      "\xF4\x90\x80\x80", "\xF5\x80\x80\x80", "\xF8\x88\x80\x80\x80", "\xFC\x84\x80\x80\x80\x80", "\xFE", "\xFF",
      // Cut off, at the end and before another character.
      "\xC3", "\xE2\x82", "\xF0\x9F\x98", "\xC3x", "\xE2\x82x", "\xF0\x9F\x98x", "\xE2x", "\xF0\x9Fx",
      // Continuation without a beginning.
      "\x80", "\xBF", "x\x80x", "\xC3\xBC\xBC"};
  for (const auto& text : texts) {
    EXPECT_FALSE(is_valid_utf8(text)) << testing::PrintToString(text);
    EXPECT_FALSE(is_valid_utf8("before " + text)) << testing::PrintToString(text);
  }
}

TEST(Utf8, TellsAsciiByEveryByte) {
  for (std::size_t length = 1; length < 40; ++length) {
    for (std::size_t at = 0; at < length; ++at) {
      std::string text(length, 'x');
      EXPECT_TRUE(is_ascii(text) && is_printable_ascii(text));
      text[at] = '\x1F';
      EXPECT_TRUE(is_ascii(text) && !is_printable_ascii(text));
      text[at] = '\x7F';
      EXPECT_TRUE(is_ascii(text) && !is_printable_ascii(text));
      text[at] = '\x80';
      EXPECT_TRUE(!is_ascii(text) && !is_printable_ascii(text));
    }
  }
}

}  // namespace
}  // namespace contact
