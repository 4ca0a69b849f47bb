#include "cli/time_text.hpp"

#include <array>
#include <charconv>
#include <cstdio>

namespace cli {
namespace {

using namespace std::chrono_literals;

struct Parts {
  int year;
  unsigned month;
  unsigned day;
  int hour;
  int minute;
  int second;
  int millisecond;
};

Parts parts_of(run::UtcTime time) {
  const auto day = std::chrono::floor<std::chrono::days>(time);
  const std::chrono::year_month_day date{day};
  const std::chrono::hh_mm_ss clock{time - day};
  return {.year = static_cast<int>(date.year()),
          .month = static_cast<unsigned>(date.month()),
          .day = static_cast<unsigned>(date.day()),
          .hour = static_cast<int>(clock.hours().count()),
          .minute = static_cast<int>(clock.minutes().count()),
          .second = static_cast<int>(clock.seconds().count()),
          .millisecond = static_cast<int>(clock.subseconds().count())};
}

template <class... Values>
std::string printed(const char* format, Values... values) {
  std::array<char, 80> text{};
  std::snprintf(text.data(), text.size(), format, values...);
  return text.data();
}

/// Takes so many digits from the front.
std::optional<int> digits(std::string_view& text, std::size_t count) {
  if (text.size() < count) return std::nullopt;
  int value = 0;
  const auto [end, failed] = std::from_chars(text.data(), text.data() + count, value);
  if (failed != std::errc{} || end != text.data() + count || text.front() == '-') return std::nullopt;
  text.remove_prefix(count);
  return value;
}

bool skip(std::string_view& text, char expected) {
  if (!text.starts_with(expected)) return false;
  text.remove_prefix(1);
  return true;
}

std::optional<std::chrono::sys_days> parse_day(std::string_view& text) {
  const auto year = digits(text, 4);
  if (!year || !skip(text, '-')) return std::nullopt;
  const auto month = digits(text, 2);
  if (!month || !skip(text, '-')) return std::nullopt;
  const auto day = digits(text, 2);
  if (!day) return std::nullopt;
  const std::chrono::year_month_day date{std::chrono::year{*year}, std::chrono::month{static_cast<unsigned>(*month)},
                                         std::chrono::day{static_cast<unsigned>(*day)}};
  if (!date.ok()) return std::nullopt;
  return std::chrono::sys_days{date};
}

/// What stands behind the T: hours and minutes, perhaps seconds and milliseconds, Z.
std::optional<std::chrono::milliseconds> parse_clock(std::string_view text) {
  const auto hour = digits(text, 2);
  if (!hour || *hour > 23 || !skip(text, ':')) return std::nullopt;
  const auto minute = digits(text, 2);
  if (!minute || *minute > 59) return std::nullopt;
  std::chrono::milliseconds clock = *hour * 1h + *minute * 1min;
  if (skip(text, ':')) {
    const auto second = digits(text, 2);
    if (!second || *second > 59) return std::nullopt;
    clock += *second * 1s;
    if (skip(text, '.')) {
      const auto millisecond = digits(text, 3);
      if (!millisecond) return std::nullopt;
      clock += *millisecond * 1ms;
    }
  }
  if (text != "Z") return std::nullopt;
  return clock;
}

}  // namespace

std::string rfc3339(run::UtcTime time) {
  const Parts at = parts_of(time);
  return printed("%04d-%02u-%02uT%02d:%02d:%02d.%03dZ", at.year, at.month, at.day, at.hour, at.minute, at.second,
                 at.millisecond);
}

std::optional<run::UtcTime> parse_rfc3339(std::string_view text) {
  const auto day = parse_day(text);
  if (!day) return std::nullopt;
  if (text.empty()) return run::UtcTime{*day};
  if (!skip(text, 'T')) return std::nullopt;
  const auto clock = parse_clock(text);
  if (!clock) return std::nullopt;
  return run::UtcTime{*day} + *clock;
}

std::string date_and_time(run::UtcTime time) {
  const Parts at = parts_of(time);
  return printed("%04d-%02u-%02u %02d:%02d:%02d UTC", at.year, at.month, at.day, at.hour, at.minute, at.second);
}

std::string compact_time(run::UtcTime time) {
  const Parts at = parts_of(time);
  return printed("%04d%02u%02uT%02d%02d%02dZ", at.year, at.month, at.day, at.hour, at.minute, at.second);
}

std::string duration_text(std::chrono::milliseconds duration) {
  if (duration < 0ms) return "-" + duration_text(-duration);
  if (duration < 1min) return printed("%.1f s", static_cast<double>(duration.count()) / 1000);
  const auto seconds = std::chrono::floor<std::chrono::seconds>(duration).count();
  if (duration < 1h) return printed("%d min %02d s", static_cast<int>(seconds / 60), static_cast<int>(seconds % 60));
  const auto minutes = seconds / 60;
  if (duration < 48h) return printed("%d h %02d min", static_cast<int>(minutes / 60), static_cast<int>(minutes % 60));
  const auto hours = minutes / 60;
  return printed("%d d %d h", static_cast<int>(hours / 24), static_cast<int>(hours % 24));
}

}  // namespace cli
