#pragma once

#include <map>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "config/mistake.hpp"
#include "config/setting.hpp"

namespace CLI {
class App;
}

namespace config {

/// The settings as options of a command line, each with one value; CLI11 hands over text and judges nothing.
///
/// Owns: what CLI11 fills while it parses, so it outlives the parsing. The options are hidden from CLI11's own help:
/// help_text says more.
class Flags {
 public:
  Flags(CLI::App& app, std::span<const Setting> settings);
  Flags(const Flags&) = delete;
  Flags& operator=(const Flags&) = delete;

  /// After parsing, with `allow_extras` on every command: takes `--application.main.client-id=…`, whose name only the
  /// other sources explain, and says what is wrong with all other arguments that no option took.
  Mistakes take_remaining(const CLI::App& app);

  const std::map<std::string, std::string>& given() const { return given_; }
  const std::optional<std::string>& config_file() const { return config_file_; }

 private:
  std::map<std::string, std::string> given_;
  std::optional<std::string> config_file_;
  std::vector<std::string> repeating_;
};

}  // namespace config
