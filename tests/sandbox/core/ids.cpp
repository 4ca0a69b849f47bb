#include "sandbox/core/ids.hpp"

#include <cctype>

namespace sandbox {
namespace {

std::string uuid_of(std::uint64_t high, std::uint64_t low) {
  constexpr std::string_view digits = "0123456789abcdef";
  std::string text;
  for (unsigned index = 0; index < 32; ++index) {
    if (index == 8 || index == 12 || index == 16 || index == 20) text += '-';
    const std::uint64_t half = index < 16 ? high : low;
    text += digits[(half >> (60U - 4U * (index % 16U))) & 0xFU];
  }
  return text;
}

std::uint64_t with_variant(std::uint64_t low) { return (low & 0x3FFFFFFFFFFFFFFFU) | 0x8000000000000000U; }

}  // namespace

std::string Random::text(std::size_t length) {
  constexpr std::string_view letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
  std::string result;
  result.reserve(length);
  while (result.size() < length) result += letters[number() % letters.size()];
  return result;
}

std::string Random::uuid() {
  const std::uint64_t high = (number() & ~0xF000ULL) | 0x4000U;
  return uuid_of(high, with_variant(number()));
}

std::string Random::uuid_of_time(Time time) {
  // RFC 4122 counts 100 ns from 1582-10-15; the last digits are free, so that two ids of one millisecond differ.
  constexpr std::uint64_t epoch = 0x01B21DD213814000U;
  const auto ticks = epoch + static_cast<std::uint64_t>(time.time_since_epoch().count()) * 10'000U + number() % 10'000U;
  const std::uint64_t high =
      (ticks & 0xFFFFFFFFU) << 32U | ((ticks >> 32U) & 0xFFFFU) << 16U | 0x1000U | ((ticks >> 48U) & 0xFFFU);
  return uuid_of(high, with_variant(number()));
}

bool is_uuid(std::string_view text) {
  if (text.size() != 36) return false;
  for (std::size_t index = 0; index < text.size(); ++index) {
    const bool dash = index == 8 || index == 13 || index == 18 || index == 23;
    if (dash ? text[index] != '-' : std::isxdigit(static_cast<unsigned char>(text[index])) == 0) return false;
  }
  return true;
}

}  // namespace sandbox
