#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "config/mistake.hpp"
#include "config/secret.hpp"
#include "config/setting.hpp"
#include "config/sources.hpp"
#include "config/text_value.hpp"

namespace config {

// The rules of one setting. Without a fallback a setting is required; with an empty one it may be left out or empty.

struct TextRule {
  std::optional<std::string> fallback{};
  std::string help{};
};

struct FlagRule {
  std::optional<bool> fallback{};
  std::string help{};
};

struct NumberRule {
  std::optional<double> fallback{};
  double min = std::numeric_limits<double>::lowest();
  double max = std::numeric_limits<double>::max();
  std::string unit{};
  std::string help{};
};

struct CountRule {
  std::optional<std::uint64_t> fallback{};
  std::uint64_t min = 0;
  std::uint64_t max = std::numeric_limits<std::uint64_t>::max();
  std::string unit{};
  std::string help{};
};

struct BytesRule {
  std::optional<std::uint64_t> fallback{};
  std::uint64_t min = 0;
  std::uint64_t max = std::numeric_limits<std::uint64_t>::max();
  std::string help{};
};

struct DurationRule {
  std::optional<std::chrono::nanoseconds> fallback{};
  std::chrono::nanoseconds min{0};
  std::chrono::nanoseconds max = std::chrono::nanoseconds::max();
  std::string help{};
};

struct ListRule {
  std::optional<std::vector<std::string>> fallback{};
  std::string help{};
};

template <class Enum>
struct ChoiceRule {
  std::vector<std::pair<std::string_view, Enum>> names;
  std::optional<Enum> fallback{};
  std::string help{};
};

enum class Purpose : std::uint8_t {
  values,
  /// Only to learn which settings there are: nothing is missing, no file is opened, values mean nothing.
  description,
};

/// Reads each setting once, from the strongest source that has it, and collects every mistake instead of stopping at
/// the first. What is read is also the list of what exists: any other key in a source is a mistake.
///
/// After a mistake the value returned is the fallback or an empty one.
class Reader {
 public:
  explicit Reader(Sources sources, Purpose purpose = Purpose::values);

  std::string text(std::string_view name, const TextRule& rule);
  bool flag(std::string_view name, const FlagRule& rule);
  double number(std::string_view name, const NumberRule& rule);
  std::uint64_t bytes(std::string_view name, const BytesRule& rule);
  Address address(std::string_view name, const TextRule& rule);
  std::vector<std::string> list(std::string_view name, const ListRule& rule);

  /// Names that become part of other settings' names: lower-case letters, digits and hyphens. A description has one,
  /// `any_name`.
  std::vector<std::string> names(std::string_view name, const ListRule& rule);

  /// The path of a file that can be read now.
  std::string file(std::string_view name, const TextRule& rule);

  /// What is in the file that the setting names, without the line break at its end.
  Secret secret_file(std::string_view name, const TextRule& rule);

  template <class Count = std::uint64_t>
  Count count(std::string_view name, CountRule rule) {
    constexpr auto largest = static_cast<std::uint64_t>(std::numeric_limits<Count>::max());
    if (rule.max > largest) rule.max = largest;
    return static_cast<Count>(whole(name, rule));
  }

  template <class Duration = std::chrono::milliseconds>
  Duration duration(std::string_view name, const DurationRule& rule) {
    return std::chrono::duration_cast<Duration>(interval(name, rule, Duration{1}));
  }

  template <class Enum>
  Enum choice(std::string_view name, const ChoiceRule<Enum>& rule) {
    std::vector<std::string_view> names;
    std::optional<std::size_t> fallback;
    for (const auto& [text, value] : rule.names) {
      if (value == rule.fallback) fallback = names.size();
      names.push_back(text);
    }
    return rule.names[one_of(name, names, fallback, rule.help)].second;
  }

  /// For what one setting alone cannot show: two that contradict each other. Names the source of the value.
  void refuse(std::string_view name, std::string problem);

  /// Those found so far, and the keys that were given and never read; so ask after the last setting.
  Mistakes mistakes() const;

  /// In the order in which they were read.
  const std::vector<Setting>& settings() const { return settings_; }

  /// Each setting that has a value, in the same order.
  const std::vector<Entry>& entries() const { return entries_; }

 private:
  struct Given {
    std::string text;
    Origin origin;
    std::string place;
  };

  template <class T, class Rule, class Parse, class Write>
  T measured(Setting setting, const Rule& rule, Parse parse, Write write);

  template <class T, class Parse>
  T read(Setting setting, const std::optional<T>& fallback, Parse parse);

  std::uint64_t whole(std::string_view name, const CountRule& rule);
  std::chrono::nanoseconds interval(std::string_view name, const DurationRule& rule, std::chrono::nanoseconds step);
  std::size_t one_of(std::string_view name, const std::vector<std::string_view>& names,
                     std::optional<std::size_t> fallback, const std::string& help);

  void declare(const Setting& setting);
  std::optional<Given> given(std::string_view name) const;
  std::vector<std::string> names_known() const;
  void add_unknown_flags(Mistakes& mistakes) const;
  void add_unknown_variables(Mistakes& mistakes) const;
  void add_unknown_keys(Mistakes& mistakes) const;

  Sources sources_;
  Purpose purpose_;
  std::vector<Setting> settings_;
  std::vector<Entry> entries_;
  Mistakes mistakes_;
};

}  // namespace config
