#pragma once

#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <string_view>

namespace fuzz {

/// A property of whatever bytes; the abort makes the fuzzer keep them.
inline void require(bool holds, const char* what) {
  if (holds) return;
  std::fprintf(stderr, "does not hold: %s\n", what);
  std::abort();
}

inline std::string_view text(const std::uint8_t* data, std::size_t size) {
  return {reinterpret_cast<const char*>(data), size};
}

/// Takes the first byte off, to choose by; 0 where there is none.
inline std::uint8_t take_byte(std::string_view& bytes) {
  if (bytes.empty()) return 0;
  const auto byte = static_cast<std::uint8_t>(bytes.front());
  bytes.remove_prefix(1);
  return byte;
}

/// What was read and written again reads equal, and is written the same for ever.
template <class Decode, class Encode>
void require_round_trip(std::string_view bytes, Decode decode, Encode encode) {
  const auto value = decode(bytes);
  if (!value) {
    require(!value.error().detail.empty() && value.error().detail.size() < 200, "a short word says why");
    return;
  }
  const std::string again = encode(*value);
  const auto second = decode(again);
  require(second.has_value(), "what we write is readable");
  require(*second == *value, "what was read and written again reads equal");
  require(encode(*second) == again, "it is written the same again");
}

}  // namespace fuzz
