#include "sandbox/core/times.hpp"

#include <array>
#include <cstdio>

namespace sandbox {
namespace {

struct Parts {
  int year, month, day, hour, minute, second, millisecond;
  unsigned weekday;
};

Parts parts_of(Time time) {
  const auto day = std::chrono::floor<std::chrono::days>(time);
  const std::chrono::year_month_day date{day};
  const std::chrono::hh_mm_ss clock{time - day};
  return {.year = static_cast<int>(date.year()),
          .month = static_cast<int>(static_cast<unsigned>(date.month())),
          .day = static_cast<int>(static_cast<unsigned>(date.day())),
          .hour = static_cast<int>(clock.hours().count()),
          .minute = static_cast<int>(clock.minutes().count()),
          .second = static_cast<int>(clock.seconds().count()),
          .millisecond = static_cast<int>(clock.subseconds().count()),
          .weekday = std::chrono::weekday{day}.c_encoding()};
}

}  // namespace

std::string day_text(Time time) { return time_text(time).substr(0, 10); }

std::string time_text(Time time) {
  const Parts parts = parts_of(time);
  std::array<char, 96> text{};
  std::snprintf(text.data(), text.size(), "%04d-%02d-%02dT%02d:%02d:%02d.%03dZ", parts.year, parts.month, parts.day,
                parts.hour, parts.minute, parts.second, parts.millisecond);
  return text.data();
}

std::string http_date(Time time) {
  constexpr std::array days{"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
  constexpr std::array months{"Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
  const Parts parts = parts_of(time);
  std::array<char, 96> text{};
  std::snprintf(text.data(), text.size(), "%s, %02d %s %04d %02d:%02d:%02d GMT", days[parts.weekday], parts.day,
                months[static_cast<std::size_t>(parts.month - 1)], parts.year, parts.hour, parts.minute, parts.second);
  return text.data();
}

}  // namespace sandbox
