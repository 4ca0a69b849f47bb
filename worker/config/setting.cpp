#include "config/setting.hpp"

namespace config {

std::string Setting::section() const {
  const auto dot = name.find('.');
  return dot == std::string::npos ? "" : name.substr(0, dot);
}

std::string flag_name(std::string_view setting) { return std::string{"--"}.append(setting); }

std::string variable_name(std::string_view setting) {
  std::string name{variable_prefix};
  for (const char c : setting) {
    const bool divides = c == '.' || c == '-';
    const bool lower = c >= 'a' && c <= 'z';
    name.push_back(divides ? '_' : lower ? static_cast<char>(c - 'a' + 'A') : c);
  }
  return name;
}

}  // namespace config
