#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "config/mistake.hpp"

namespace config {

/// The settings of a file, flattened: `[delivery]` with `rate = 3.5` is "delivery.rate".
struct File {
  struct Value {
    std::string text;
    unsigned line = 0;
  };

  std::string path;
  std::map<std::string, Value> values{};
  std::map<std::string, unsigned> empty_sections{};  ///< Name and line.
  Mistakes mistakes{};
  bool broken = false;  ///< Nothing could be read, so nothing can be said to be missing.

  std::string place(unsigned line) const { return path + ", line " + std::to_string(line); }
};

/// Every place that values come from, as text.
struct Sources {
  std::map<std::string, std::string> flags{};        ///< By the setting's name.
  std::map<std::string, std::string> environment{};  ///< By the variable's name; with our prefix only.
  std::optional<File> file{};
};

/// Reads the environment, and the file that `config_file` or else SEGMENT_EXPORT_CONFIG names.
Sources gather(std::map<std::string, std::string> flags, const std::optional<std::string>& config_file);

/// As `gather`, with a given environment.
Sources gather(std::map<std::string, std::string> flags, std::map<std::string, std::string> environment,
               const std::optional<std::string>& config_file);

/// The variables that begin with our prefix.
std::map<std::string, std::string> our_environment();

File read_toml(const std::string& path);
File parse_toml(const std::string& path, const std::string& content);

}  // namespace config
