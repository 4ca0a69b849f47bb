#include "config/flags.hpp"

#include <algorithm>

#include <CLI/CLI.hpp>

#include "config/nearest.hpp"

namespace config {
namespace {

/// Whether `name` is `pattern` with something in the place of `any_name`.
bool matches(std::string_view name, std::string_view pattern) {
  const auto at = pattern.find(any_name);
  const std::string_view before = pattern.substr(0, at);
  const std::string_view after = pattern.substr(at + any_name.size());
  return name.size() > before.size() + after.size() && name.starts_with(before) && name.ends_with(after);
}

void collect_flags(const CLI::App& app, std::vector<std::string>& names) {
  for (const CLI::Option* option : app.get_options()) {
    for (const std::string& name : option->get_lnames()) names.push_back(name);
  }
  for (const CLI::App* command : app.get_subcommands()) collect_flags(*command, names);
}

}  // namespace

Flags::Flags(CLI::App& app, std::span<const Setting> settings) {
  app.add_option_function<std::string>(
      "--config", [this](const std::string& path) { config_file_ = path; }, "Configuration file (TOML)");
  for (const Setting& setting : settings) {
    if (setting.repeats()) {
      repeating_.push_back(setting.name);
      continue;
    }
    const std::string name = setting.name;
    app.add_option_function<std::string>(flag_name(name),
                                         [this, name](const std::string& value) { given_[name] = value; })
        ->group("");
  }
}

Mistakes Flags::take_remaining(const CLI::App& app) {
  Mistakes mistakes;
  std::vector<std::string> known;
  collect_flags(app, known);
  for (const std::string& argument : app.remaining(true)) {
    if (!argument.starts_with("--")) {
      // Not repeated: it may be the value, perhaps a secret one, of a flag that does not exist.
      mistakes.push_back({"command line", "an argument that belongs to nothing"});
      continue;
    }
    const auto equals = argument.find('=');
    const std::string name = argument.substr(2, equals - 2);
    const bool repeats = std::ranges::any_of(repeating_, [&](const auto& pattern) { return matches(name, pattern); });
    if (!repeats) {
      mistakes.push_back({flag_name(name), "is no flag of this command" + did_you_mean(name, known, "--")});
    } else if (equals == std::string::npos) {
      mistakes.push_back({flag_name(name), "needs its value in the same argument: " + flag_name(name) + "=VALUE"});
    } else if (!given_.emplace(name, argument.substr(equals + 1)).second) {
      mistakes.push_back({flag_name(name), "is given twice"});
    }
  }
  return mistakes;
}

}  // namespace config
