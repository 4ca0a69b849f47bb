#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace config {

inline constexpr std::string_view variable_prefix = "SEGMENT_EXPORT_";

/// Stands in a setting's name for a name that the configuration itself brings: `application.<name>.client-id`.
inline constexpr std::string_view any_name = "<name>";

/// Where a value came from; a later one beats an earlier one.
enum class Origin : std::uint8_t { fallback, file, environment, flag };

enum class Exposure : std::uint8_t { open, secret };

/// What is known of a setting without its value.
struct Setting {
  std::string name;  ///< `delivery.request-timeout`: lower case, parts divided by dots, words by hyphens.
  std::string type;
  std::string unit{};
  std::optional<std::string> fallback{};  ///< None: the setting is required. Empty: it may be left out.
  std::string bounds{};
  std::string help{};
  Exposure exposure = Exposure::open;

  /// What stands before the first dot.
  std::string section() const;
  bool repeats() const { return name.find(any_name) != std::string::npos; }
  std::string with_unit(const std::string& text) const { return unit.empty() ? text : text + " " + unit; }
};

/// A setting that has its value.
struct Entry {
  Setting setting;
  std::string value{};  ///< As it may be shown: a secret is `***` and the file it is in.
  Origin origin = Origin::fallback;
  std::string place{};  ///< "--delivery.rate", "SEGMENT_EXPORT_DELIVERY_RATE", "worker.toml, line 3"; empty: default.
};

/// `--delivery.rate`
std::string flag_name(std::string_view setting);
/// `SEGMENT_EXPORT_DELIVERY_RATE`
std::string variable_name(std::string_view setting);

}  // namespace config
