#include "config/sources.hpp"

#include <string_view>
#include <utility>

#include <unistd.h>

#include "config/setting.hpp"

namespace config {

std::map<std::string, std::string> our_environment() {
  std::map<std::string, std::string> variables;
  for (char** variable = environ; variable != nullptr && *variable != nullptr; ++variable) {
    const std::string_view text{*variable};
    const auto equals = text.find('=');
    if (equals == std::string_view::npos || !text.starts_with(variable_prefix)) continue;
    variables.emplace(text.substr(0, equals), text.substr(equals + 1));
  }
  return variables;
}

Sources gather(std::map<std::string, std::string> flags, const std::optional<std::string>& config_file) {
  return gather(std::move(flags), our_environment(), config_file);
}

Sources gather(std::map<std::string, std::string> flags, std::map<std::string, std::string> environment,
               const std::optional<std::string>& config_file) {
  Sources sources{.flags = std::move(flags), .environment = std::move(environment)};
  const auto named = sources.environment.extract(variable_name("config"));
  if (config_file) {
    sources.file = read_toml(*config_file);
  } else if (!named.empty()) {
    sources.file = read_toml(named.mapped());
  }
  return sources;
}

}  // namespace config
