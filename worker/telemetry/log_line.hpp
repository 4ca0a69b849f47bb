#pragma once

#include <chrono>
#include <concepts>
#include <cstdint>
#include <initializer_list>
#include <string>
#include <string_view>
#include <variant>

namespace telemetry {

enum class Level : std::uint8_t { debug, info, warning, error };

/// A named value of a log line: run_id, batch_id, partition, offset. Never an address, a name or a body.
struct Field {
  using Value = std::variant<std::string_view, std::int64_t, std::uint64_t, bool>;

  Field(std::string_view field_name, std::string_view text) : name{field_name}, value{text} {}
  Field(std::string_view field_name, const char* text) : name{field_name}, value{std::string_view{text}} {}
  Field(std::string_view field_name, const std::string& text) : name{field_name}, value{std::string_view{text}} {}
  Field(std::string_view field_name, bool truth) : name{field_name}, value{truth} {}
  template <std::signed_integral Number>
  Field(std::string_view field_name, Number number) : name{field_name}, value{static_cast<std::int64_t>(number)} {}
  template <std::unsigned_integral Number>
  Field(std::string_view field_name, Number number) : name{field_name}, value{static_cast<std::uint64_t>(number)} {}

  std::string_view name;
  Value value;  ///< A view of the caller's text.
};
using Fields = std::initializer_list<Field>;

/// One line of the log without its line break: a JSON object with `time` (UTC, milliseconds), `level`, `message`, then
/// the fields. Bytes that are not UTF-8 become question marks.
std::string log_line(std::chrono::sys_time<std::chrono::milliseconds> time, Level level, std::string_view message,
                     Fields fields, std::uint64_t kept_back = 0);

}  // namespace telemetry
