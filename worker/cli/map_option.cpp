#include "cli/map_option.hpp"

#include <algorithm>
#include <cstddef>
#include <optional>
#include <string_view>
#include <utility>

#include "config/nearest.hpp"

namespace cli {
namespace {

constexpr std::string_view email = "email";
constexpr std::string_view custom_prefix = "cf:";

std::vector<std::string> plain_targets() {
  std::vector<std::string> targets{std::string{email}};
  for (std::size_t i = 0; i < contact::standard_field_count; ++i) {
    targets.emplace_back(contact::name(static_cast<contact::StandardField>(i)));
  }
  return targets;
}

std::optional<contact::FieldTarget> parse_target(std::string_view text) {
  if (text.starts_with(custom_prefix)) {
    if (text.size() == custom_prefix.size()) return std::nullopt;
    return contact::CustomField{std::string{text.substr(custom_prefix.size())}};
  }
  if (const auto field = contact::parse_standard_field(text)) return *field;
  return std::nullopt;
}

std::string unknown_target(std::string_view option, std::string_view target) {
  return std::string{"--map "}.append(option).append(": no target '").append(target).append("'") +
         config::did_you_mean(target, plain_targets()) + " Targets: " + map_targets();
}

}  // namespace

boost::system::result<contact::FieldMapping, MapMistakes> parse_mapping(std::span<const std::string> options) {
  contact::FieldMapping mapping;
  MapMistakes mistakes;
  std::vector<std::string_view> seen;
  for (const std::string& option : options) {
    const std::string_view text{option};
    const auto equals = text.find('=');
    if (equals == std::string_view::npos || equals + 1 == text.size()) {
      mistakes.push_back("--map " + option + ": write TARGET=ATTRIBUTE, for example --map email=EMail");
      continue;
    }
    const std::string_view target = text.substr(0, equals);
    const std::string attribute = option.substr(equals + 1);
    if (std::ranges::find(seen, target) != seen.end()) {
      mistakes.push_back("--map " + option + ": the target is mapped twice, keep one");
      continue;
    }
    seen.push_back(target);
    if (target == email) {
      mapping.email_attribute = attribute;
    } else if (auto field = parse_target(target)) {
      mapping.fields.push_back({attribute, std::move(*field)});
    } else {
      mistakes.push_back(unknown_target(text, target));
    }
  }
  const bool has_email = std::ranges::find(seen, email) != seen.end();
  if (!has_email) mistakes.push_back("no attribute is the address: add --map email=ATTRIBUTE");
  if (!mistakes.empty()) return mistakes;
  return mapping;
}

MapMistakes check_columns(const contact::FieldMapping& mapping, std::span<const std::string> columns) {
  MapMistakes mistakes;
  const auto check = [&](const std::string& attribute) {
    if (std::ranges::find(columns, attribute) != columns.end()) return;
    mistakes.push_back("the file has no column '" + attribute + "'" + config::did_you_mean(attribute, columns));
  };
  check(mapping.email_attribute);
  for (const contact::MappedField& field : mapping.fields) check(field.attribute);
  return mistakes;
}

std::string map_targets() {
  std::string text;
  for (const std::string& target : plain_targets()) text.append(target).append(", ");
  return text + "cf:<custom field>";
}

}  // namespace cli
