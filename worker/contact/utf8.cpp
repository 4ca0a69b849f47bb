#include "contact/utf8.hpp"

#include <unicode/utf8.h>

namespace contact {

// The two loops look at every byte, without an early exit, so that the compiler turns them into vector instructions.

bool is_ascii(std::string_view text) {
  unsigned char bits = 0;
  for (const char byte : text) bits = static_cast<unsigned char>(bits | static_cast<unsigned char>(byte));
  return bits < 0x80;
}

bool is_printable_ascii(std::string_view text) {
  bool printable = true;
  for (const char byte : text) printable &= byte >= ' ' && byte <= '~';
  return printable;
}

std::optional<std::size_t> count_code_points(std::string_view text) {
  if (is_ascii(text)) return text.size();
  std::size_t count = 0;
  for (std::size_t at = 0; at < text.size(); ++count) {
    UChar32 code_point = 0;
    U8_NEXT(text, at, text.size(), code_point);
    if (code_point < 0) return std::nullopt;
  }
  return count;
}

bool is_valid_utf8(std::string_view text) { return count_code_points(text).has_value(); }

}  // namespace contact
