#include "config/help.hpp"

#include <algorithm>
#include <cstddef>
#include <string_view>

namespace config {
namespace {

/// "3.5 requests/s unless set; 0.1 to 100 requests/s"
std::string default_and_bounds(const Setting& setting) {
  std::string text;
  if (!setting.fallback) {
    text = "required";
  } else if (setting.fallback->empty()) {
    text = "may be left out";
  } else {
    text = setting.with_unit(*setting.fallback) + " unless set";
  }
  return setting.bounds.empty() ? text : text + "; " + setting.with_unit(setting.bounds);
}

std::string_view source_name(Origin origin) {
  switch (origin) {
    case Origin::fallback:
      return "default";
    case Origin::file:
      return "file";
    case Origin::environment:
      return "environment";
    case Origin::flag:
      return "flag";
  }
  return "";
}

std::string padded(std::string text, std::size_t width) {
  text.resize(std::max(text.size(), width), ' ');
  return text;
}

}  // namespace

std::string help_text(std::span<const Setting> settings) {
  std::string text =
      "Settings. A flag beats the environment, which beats the configuration file (TOML: --config FILE or " +
      variable_name("config") + ").\n--delivery.rate is " + variable_name("delivery.rate") +
      " in the environment and rate in [delivery] in the file.\n";
  std::string section;
  for (const Setting& setting : settings) {
    if (setting.section() != section) {
      section = setting.section();
      text.append("\n[").append(section).append("]\n");
    }
    text.append("  ").append(flag_name(setting.name)).append("  <").append(setting.type).append(">");
    text.append("\n      ").append(default_and_bounds(setting)).append("\n");
    if (!setting.help.empty()) text.append("      ").append(setting.help).append("\n");
  }
  return text;
}

std::string values_text(std::span<const Entry> entries) {
  std::size_t name_width = 0;
  std::size_t value_width = 0;
  for (const Entry& entry : entries) {
    name_width = std::max(name_width, entry.setting.name.size());
    value_width = std::max(value_width, entry.setting.with_unit(entry.value).size());
  }
  // One long value must not push the sources of all others off the screen.
  value_width = std::min<std::size_t>(value_width, 40);
  std::string text;
  for (const Entry& entry : entries) {
    text += padded(entry.setting.name, name_width) + "  " + padded(entry.setting.with_unit(entry.value), value_width) +
            "  ";
    text.append(entry.place.empty() ? source_name(entry.origin) : entry.place).append("\n");
  }
  return text;
}

}  // namespace config
