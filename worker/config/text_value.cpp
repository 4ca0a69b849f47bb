#include "config/text_value.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <cstddef>
#include <limits>
#include <optional>
#include <span>

namespace config {
namespace {

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_control(char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7f; }

std::string_view trim(std::string_view text) {
  const auto first = text.find_first_not_of(' ');
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(' ') - first + 1);
}

template <class T>
std::optional<T> parse_whole(std::string_view text) {
  T value{};
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc{} || end != text.data() + text.size()) return std::nullopt;
  return value;
}

struct Unit {
  std::string_view name;
  std::uint64_t size;
};

// Largest first: a value is written in the first unit that divides it.
constexpr std::array<Unit, 7> byte_units{{{"GiB", 1ULL << 30U},
                                          {"GB", 1'000'000'000},
                                          {"MiB", 1ULL << 20U},
                                          {"MB", 1'000'000},
                                          {"KiB", 1ULL << 10U},
                                          {"KB", 1'000},
                                          {"B", 1}}};
constexpr std::array<Unit, 7> time_units{{{"d", 86'400'000'000'000},
                                          {"h", 3'600'000'000'000},
                                          {"m", 60'000'000'000},
                                          {"s", 1'000'000'000},
                                          {"ms", 1'000'000},
                                          {"us", 1'000},
                                          {"ns", 1}}};

/// Takes a count and its unit off the front; none if there is no such thing or it is too large for 63 bits.
std::optional<std::uint64_t> take_quantity(std::string_view& text, std::span<const Unit> units) {
  const auto digits = static_cast<std::size_t>(std::ranges::find_if_not(text, is_digit) - text.begin());
  const auto count = parse_whole<std::uint64_t>(text.substr(0, digits));
  const auto letters =
      static_cast<std::size_t>(std::find_if(text.begin() + digits, text.end(), is_digit) - text.begin()) - digits;
  const auto unit = std::ranges::find(units, text.substr(digits, letters), &Unit::name);
  if (!count || unit == units.end()) return std::nullopt;
  if (*count > std::numeric_limits<std::int64_t>::max() / unit->size) return std::nullopt;
  text.remove_prefix(digits + letters);
  return *count * unit->size;
}

std::string quantity_to_text(std::uint64_t quantity, std::span<const Unit> units) {
  if (quantity == 0) return "0";
  const auto* unit = units.data();
  while (quantity % unit->size != 0) ++unit;
  return std::to_string(quantity / unit->size).append(unit->name);
}

}  // namespace

Parsed<std::string> parse_text(std::string_view text) {
  if (std::ranges::any_of(text, is_control)) return Unfit::because("holds a line break or another control character");
  if (trim(text).size() != text.size()) return Unfit::because("begins or ends with a blank");
  return std::string{text};
}

Parsed<bool> parse_flag(std::string_view text) {
  if (text == "true") return true;
  if (text == "false") return false;
  return Unfit::because("must be true or false");
}

Parsed<double> parse_number(std::string_view text) {
  const auto value = parse_whole<double>(text);
  if (!value || !std::isfinite(*value)) return Unfit::because("is not a number, for example 3.5");
  return *value;
}

Parsed<std::uint64_t> parse_count(std::string_view text) {
  const auto value = parse_whole<std::uint64_t>(text);
  if (!value) return Unfit::because("is not a whole number, for example 1000");
  return *value;
}

Parsed<std::uint64_t> parse_bytes(std::string_view text) {
  if (const auto plain = parse_whole<std::uint64_t>(text)) return *plain;
  const auto bytes = take_quantity(text, byte_units);
  if (!bytes || !text.empty()) return Unfit::because("is not a size, for example 900000, 500KB or 64MiB");
  return *bytes;
}

Parsed<std::chrono::nanoseconds> parse_duration(std::string_view text) {
  const auto unfit = Unfit::because("is not a duration with a unit (ms, s, m, h, d), for example 30s, 5m or 1h30m");
  if (text == "0") return std::chrono::nanoseconds{0};
  if (text.empty()) return unfit;
  std::uint64_t total = 0;
  while (!text.empty()) {
    const auto part = take_quantity(text, time_units);
    if (!part || *part > std::numeric_limits<std::int64_t>::max() - total) return unfit;
    total += *part;
  }
  return std::chrono::nanoseconds{static_cast<std::int64_t>(total)};
}

Parsed<Address> parse_address(std::string_view text) {
  const auto unfit = Unfit::because("is not host:port, for example 0.0.0.0:8080 or [::]:8080");
  const auto colon = text.rfind(':');
  if (colon == std::string_view::npos) return unfit;
  std::string_view host = text.substr(0, colon);
  const auto port = parse_whole<std::uint16_t>(text.substr(colon + 1));
  const bool bracketed = host.starts_with('[') && host.ends_with(']');
  if (bracketed) host = host.substr(1, host.size() - 2);
  const bool has_colon = host.find(':') != std::string_view::npos;
  const bool has_strange =
      std::ranges::any_of(host, [](char c) { return is_control(c) || c == ' ' || c == '/' || c == '[' || c == ']'; });
  if (!port || host.empty() || has_colon != bracketed || has_strange) return unfit;
  return Address{.host = std::string{host}, .port = *port};
}

Parsed<std::vector<std::string>> parse_list(std::string_view text) {
  std::vector<std::string> items;
  if (trim(text).empty()) return items;
  for (;;) {
    const auto comma = text.find(',');
    const auto item = parse_text(trim(text.substr(0, comma)));
    if (!item) return item.error();
    if (item->empty()) return Unfit::because("has an empty item");
    if (std::ranges::find(items, *item) != items.end()) return Unfit::because("names '" + *item + "' twice");
    items.push_back(*item);
    if (comma == std::string_view::npos) return items;
    text.remove_prefix(comma + 1);
  }
}

std::string to_text(bool value) { return value ? "true" : "false"; }

std::string to_text(double value) {
  std::array<char, 32> buffer{};
  const auto written = std::to_chars(buffer.data(), buffer.data() + buffer.size(), value);
  return {buffer.data(), written.ptr};
}

std::string to_text(std::uint64_t value) { return std::to_string(value); }

std::string bytes_to_text(std::uint64_t bytes) { return quantity_to_text(bytes, byte_units); }

std::string to_text(std::chrono::nanoseconds duration) {
  return quantity_to_text(static_cast<std::uint64_t>(duration.count()), time_units);
}

std::string to_text(const std::vector<std::string>& items) {
  std::string text;
  for (const std::string& item : items) text.append(text.empty() ? "" : ",").append(item);
  return text;
}

}  // namespace config
