#pragma once

#include <span>
#include <string>

#include "config/setting.hpp"

namespace config {

/// The settings for people, section by section: flag, type, default, bounds and what it is for.
std::string help_text(std::span<const Setting> settings);

/// What applies now and where it came from, one line a setting: for `config check`.
std::string values_text(std::span<const Entry> entries);

}  // namespace config
