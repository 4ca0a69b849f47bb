#include "contact/blanks.hpp"

#include <algorithm>
#include <cstddef>
#include <cstdint>

#include <unicode/uchar.h>
#include <unicode/utf8.h>

namespace contact {
namespace {

constexpr UChar32 zero_width_space = 0x200B;
constexpr UChar32 line_separator = 0x2028;
constexpr UChar32 paragraph_separator = 0x2029;
constexpr UChar32 word_joiner = 0x2060;
constexpr UChar32 byte_order_mark = 0xFEFF;

bool is_blank(UChar32 c) {
  return u_isUWhiteSpace(c) || c == zero_width_space || c == word_joiner || c == byte_order_mark;
}

bool breaks_line(UChar32 c) {
  return c < 0x20 || (c >= 0x7F && c <= 0x9F) || c == line_separator || c == paragraph_separator;
}

bool is_visible_ascii(char byte) { return byte > ' ' && byte <= '~'; }

std::string_view trim_front(std::string_view text) {
  while (!text.empty() && !is_visible_ascii(text.front())) {
    std::size_t bytes = 0;
    UChar32 code_point = 0;
    U8_NEXT(text, bytes, text.size(), code_point);
    if (code_point < 0 || !is_blank(code_point)) break;
    text.remove_prefix(bytes);
  }
  return text;
}

std::string_view trim_back(std::string_view text) {
  while (!text.empty() && !is_visible_ascii(text.back())) {
    const auto tail = text.substr(text.size() - std::min<std::size_t>(text.size(), U8_MAX_LENGTH));
    auto at = static_cast<std::int32_t>(tail.size());
    UChar32 code_point = 0;
    U8_PREV(tail.data(), 0, at, code_point);
    if (code_point < 0 || !is_blank(code_point)) break;
    text.remove_suffix(tail.size() - static_cast<std::size_t>(at));
  }
  return text;
}

}  // namespace

std::string_view trim(std::string_view text) { return trim_back(trim_front(text)); }

void one_line(std::string_view text, std::string& line) {
  line.clear();
  bool in_break = false;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t begin = at;
    UChar32 code_point = 0;
    U8_NEXT(text, at, text.size(), code_point);
    const bool breaks = code_point >= 0 && breaks_line(code_point);
    if (!breaks) line.append(text.substr(begin, at - begin));
    if (breaks && !in_break) line.push_back(' ');
    in_break = breaks;
  }
  const auto trimmed = trim(line);
  const auto front = static_cast<std::size_t>(trimmed.data() - line.data());
  line.resize(front + trimmed.size());
  line.erase(0, front);
}

}  // namespace contact
