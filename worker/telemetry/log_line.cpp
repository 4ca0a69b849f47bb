#include "telemetry/log_line.hpp"

#include <algorithm>
#include <array>
#include <cstdio>

#include <boost/json/object.hpp>
#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>

namespace telemetry {
namespace {

bool is_ascii(char c) { return static_cast<unsigned char>(c) < 0x80; }

/// Boost.JSON writes the bytes of a string as they are, and reads UTF-8 only.
boost::json::string readable(std::string_view text) {
  boost::json::string string{text};
  if (std::ranges::all_of(text, is_ascii)) return string;
  boost::system::error_code malformed;
  boost::json::parse(boost::json::serialize(string), malformed);
  if (malformed) std::ranges::replace_if(string, [](char c) { return !is_ascii(c); }, '?');
  return string;
}

struct ToJson {
  boost::json::value operator()(std::string_view text) const { return readable(text); }
  boost::json::value operator()(auto number) const { return number; }
};

std::string_view name(Level level) {
  switch (level) {
    case Level::debug:
      return "debug";
    case Level::info:
      return "info";
    case Level::warning:
      return "warning";
    case Level::error:
      return "error";
  }
  return "";
}

/// RFC 3339.
std::string written(std::chrono::sys_time<std::chrono::milliseconds> time) {
  const auto day = std::chrono::floor<std::chrono::days>(time);
  const std::chrono::year_month_day date{day};
  const std::chrono::hh_mm_ss clock{time - day};
  std::array<char, 40> text{};
  std::snprintf(text.data(), text.size(), "%04d-%02u-%02uT%02d:%02d:%02d.%03dZ", static_cast<int>(date.year()),
                static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()),
                static_cast<int>(clock.hours().count()), static_cast<int>(clock.minutes().count()),
                static_cast<int>(clock.seconds().count()), static_cast<int>(clock.subseconds().count()));
  return text.data();
}

}  // namespace

std::string log_line(std::chrono::sys_time<std::chrono::milliseconds> time, Level level, std::string_view message,
                     Fields fields, std::uint64_t kept_back) {
  boost::json::object line;
  line["time"] = written(time);
  line["level"] = name(level);
  line["message"] = readable(message);
  for (const Field& field : fields) line[readable(field.name)] = std::visit(ToJson{}, field.value);
  if (kept_back > 0) line["kept_back"] = kept_back;
  return boost::json::serialize(line);
}

}  // namespace telemetry
