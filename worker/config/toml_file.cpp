#include <cstddef>
#include <optional>
#include <string>
#include <utility>

#include <toml++/toml.h>

#include "config/file_content.hpp"
#include "config/sources.hpp"
#include "config/text_value.hpp"

namespace config {
namespace {

constexpr std::size_t largest_file = 1024 * 1024;

unsigned line_of(const toml::node& node) { return static_cast<unsigned>(node.source().begin.line); }

std::optional<std::string> scalar_text(const toml::node& node) {
  if (const auto* text = node.as_string()) return text->get();
  if (const auto* integer = node.as_integer()) return std::to_string(integer->get());
  if (const auto* number = node.as_floating_point()) return to_text(number->get());
  if (const auto* flag = node.as_boolean()) return to_text(flag->get());
  return std::nullopt;
}

std::optional<std::string> array_text(const toml::array& array) {
  std::string text;
  for (const toml::node& node : array) {
    const auto item = scalar_text(node);
    // An item with a comma would come out of the list as two.
    if (!item || item->find(',') != std::string::npos) return std::nullopt;
    text.append(&node == array.get(0) ? "" : ",").append(*item);
  }
  return text;
}

void flatten(const toml::table& table, const std::string& section, File& file) {
  for (const auto& [key, node] : table) {
    const std::string name = section + std::string{key.str()};
    const unsigned line = line_of(node);
    if (const auto* inner = node.as_table()) {
      if (inner->empty()) file.empty_sections.emplace(name, line);
      flatten(*inner, name + ".", file);
      continue;
    }
    const auto* array = node.as_array();
    auto text = array != nullptr ? array_text(*array) : scalar_text(node);
    if (!text) {
      file.mistakes.push_back({file.place(line), name + " must be text, a number, true or false, or a list of these" +
                                                     (array != nullptr ? " without commas" : "")});
    } else if (!file.values.try_emplace(name, File::Value{std::move(*text), line}).second) {
      file.mistakes.push_back({file.place(line), name + " is set twice"});
    }
  }
}

}  // namespace

File parse_toml(const std::string& path, const std::string& content) {
  File file{.path = path};
  try {
    flatten(toml::parse(content, path), "", file);
  } catch (const toml::parse_error& error) {
    file.broken = true;
    file.mistakes.push_back({file.place(static_cast<unsigned>(error.source().begin.line)),
                             "is not TOML: " + std::string{error.description()}});
  }
  return file;
}

File read_toml(const std::string& path) {
  const auto content = file_content(path, largest_file);
  if (content) return parse_toml(path, *content);
  return {.path = path, .mistakes = {{"configuration file " + path, content.error().text()}}, .broken = true};
}

}  // namespace config
