#include "config/reader.hpp"

#include <algorithm>
#include <cassert>

#include "config/file_content.hpp"
#include "config/nearest.hpp"

namespace config {
namespace {

constexpr std::size_t longest_shown = 80;
constexpr std::size_t longest_secret = 64 * 1024;

std::string shown(std::string_view text) {
  std::string shown{text.substr(0, longest_shown)};
  for (char& c : shown) {
    if (static_cast<unsigned char>(c) < 0x20 || c == 0x7f) c = '?';
  }
  return shown + (text.size() > longest_shown ? "..." : "");
}

template <class T, class Write>
std::string bounds(T min, T max, T lowest, T highest, Write write) {
  if (min == lowest && max == highest) return "";
  if (max == highest) return "at least " + write(min);
  if (min == lowest) return "at most " + write(max);
  return write(min) + " to " + write(max);
}

template <class T, class Write>
std::optional<std::string> fallback_text(const std::optional<T>& fallback, Write write) {
  if (!fallback) return std::nullopt;
  return write(*fallback);
}

/// Kubernetes gives every pod variables about each Service of its namespace; one that is called like us would stop us.
bool is_service_link(std::string_view name, std::string_view value) {
  const auto holds = [name](std::string_view part) { return name.find(part) != std::string_view::npos; };
  if (name.ends_with("_SERVICE_HOST") || holds("_SERVICE_PORT")) return true;
  if (name.ends_with("_PORT") && value.find("://") != std::string_view::npos) return true;
  return holds("_PORT_") && (holds("_TCP") || holds("_UDP") || holds("_SCTP"));
}

bool is_name(std::string_view text) {
  const auto fits = [](char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-'; };
  return !text.empty() && std::ranges::all_of(text, fits);
}

}  // namespace

Reader::Reader(Sources sources, Purpose purpose) : sources_{std::move(sources)}, purpose_{purpose} {
  if (sources_.file) mistakes_ = sources_.file->mistakes;
}

std::string Reader::text(std::string_view name, const TextRule& rule) {
  const bool may_be_empty = rule.fallback && rule.fallback->empty();
  return read(Setting{.name = std::string{name}, .type = "text", .fallback = rule.fallback, .help = rule.help},
              rule.fallback, [may_be_empty](const std::string& text, Entry& entry) -> Parsed<std::string> {
                if (text.empty() && !may_be_empty) return Unfit::because("must not be empty");
                entry.value = text;
                return parse_text(text);
              });
}

bool Reader::flag(std::string_view name, const FlagRule& rule) {
  return read(Setting{.name = std::string{name},
                      .type = "true|false",
                      .fallback = fallback_text(rule.fallback, [](bool value) { return to_text(value); }),
                      .help = rule.help},
              rule.fallback, [](const std::string& text, Entry& entry) {
                entry.value = text;
                return parse_flag(text);
              });
}

double Reader::number(std::string_view name, const NumberRule& rule) {
  return measured<double>({.name = std::string{name}, .type = "number", .unit = rule.unit}, rule, parse_number,
                          [](double value) { return to_text(value); });
}

std::uint64_t Reader::whole(std::string_view name, const CountRule& rule) {
  return measured<std::uint64_t>({.name = std::string{name}, .type = "count", .unit = rule.unit}, rule, parse_count,
                                 [](std::uint64_t value) { return to_text(value); });
}

std::uint64_t Reader::bytes(std::string_view name, const BytesRule& rule) {
  return measured<std::uint64_t>({.name = std::string{name}, .type = "size"}, rule, parse_bytes, bytes_to_text);
}

std::chrono::nanoseconds Reader::interval(std::string_view name, const DurationRule& rule,
                                          std::chrono::nanoseconds step) {
  using std::chrono::nanoseconds;
  const auto write = [](nanoseconds value) { return to_text(value); };
  const auto parse = [step, write](std::string_view text) -> Parsed<nanoseconds> {
    const auto value = parse_duration(text);
    if (value && *value % step != nanoseconds{0}) return Unfit::because("must be whole steps of " + write(step));
    return value;
  };
  return measured<nanoseconds>({.name = std::string{name}, .type = "duration"}, rule, parse, write);
}

Address Reader::address(std::string_view name, const TextRule& rule) {
  std::optional<Address> fallback;
  if (rule.fallback) {
    const auto parsed = parse_address(*rule.fallback);
    assert(parsed);
    fallback = *parsed;
  }
  return read(Setting{.name = std::string{name}, .type = "host:port", .fallback = rule.fallback, .help = rule.help},
              fallback, [](const std::string& text, Entry& entry) {
                entry.value = text;
                return parse_address(text);
              });
}

std::vector<std::string> Reader::list(std::string_view name, const ListRule& rule) {
  using List = std::vector<std::string>;
  const auto write = [](const List& items) { return to_text(items); };
  const bool may_be_empty = rule.fallback && rule.fallback->empty();
  return read(Setting{.name = std::string{name},
                      .type = "list, comma separated",
                      .fallback = fallback_text(rule.fallback, write),
                      .help = rule.help},
              rule.fallback, [may_be_empty, write](const std::string& text, Entry& entry) -> Parsed<List> {
                const auto items = parse_list(text);
                if (!items) return items.error();
                if (items->empty() && !may_be_empty) return Unfit::because("must not be empty");
                entry.value = write(*items);
                return items;
              });
}

std::vector<std::string> Reader::names(std::string_view name, const ListRule& rule) {
  const auto items = list(name, rule);
  if (purpose_ == Purpose::description) return {std::string{any_name}};
  if (std::ranges::all_of(items, is_name)) return items;
  refuse(name, "a name is made of a-z, 0-9 and -");
  return {};
}

std::string Reader::file(std::string_view name, const TextRule& rule) {
  const bool may_be_empty = rule.fallback && rule.fallback->empty();
  return read(Setting{.name = std::string{name}, .type = "file", .fallback = rule.fallback, .help = rule.help},
              rule.fallback, [may_be_empty](const std::string& path, Entry& entry) -> Parsed<std::string> {
                if (path.empty() && may_be_empty) return path;
                entry.value = path;
                if (const auto problem = unreadable(path)) return *problem;
                return path;
              });
}

Secret Reader::secret_file(std::string_view name, const TextRule& rule) {
  const bool may_be_empty = rule.fallback && rule.fallback->empty();
  const auto fallback = may_be_empty ? std::optional<Secret>{Secret{}} : std::nullopt;
  return read(Setting{.name = std::string{name},
                      .type = "file",
                      .fallback = rule.fallback,
                      .help = rule.help,
                      .exposure = Exposure::secret},
              fallback, [may_be_empty](const std::string& path, Entry& entry) -> Parsed<Secret> {
                if (path.empty() && may_be_empty) return Secret{};
                auto content = file_content(path, longest_secret);
                if (!content) return content.error();
                if (content->ends_with('\n')) content->pop_back();
                if (content->ends_with('\r')) content->pop_back();
                if (content->empty()) return Unfit::because("is an empty file");
                entry.value = "*** (in " + path + ")";
                return Secret{std::move(*content)};
              });
}

std::size_t Reader::one_of(std::string_view name, const std::vector<std::string_view>& names,
                           std::optional<std::size_t> fallback, const std::string& help) {
  std::vector<std::string> words{names.begin(), names.end()};
  std::string listed;
  for (const std::string& word : words) listed.append(listed.empty() ? "" : "|").append(word);
  return read(Setting{.name = std::string{name},
                      .type = listed,
                      .fallback = fallback_text(fallback, [&words](std::size_t index) { return words[index]; }),
                      .help = help},
              fallback, [&words, &listed](const std::string& text, Entry& entry) -> Parsed<std::size_t> {
                const auto found = std::ranges::find(words, text);
                if (found == words.end()) return Unfit::because("must be one of " + listed + did_you_mean(text, words));
                entry.value = text;
                return static_cast<std::size_t>(found - words.begin());
              });
}

template <class T, class Rule, class Parse, class Write>
T Reader::measured(Setting setting, const Rule& rule, Parse parse, Write write) {
  setting.fallback = fallback_text(rule.fallback, write);
  setting.bounds = bounds<T>(rule.min, rule.max, Rule{}.min, Rule{}.max, write);
  setting.help = rule.help;
  return read(std::move(setting), rule.fallback, [&](const std::string& text, Entry& entry) -> Parsed<T> {
    const Parsed<T> value = parse(text);
    if (!value) return value;
    if (*value < rule.min || *value > rule.max) {
      return Unfit::because("must be " + entry.setting.with_unit(entry.setting.bounds));
    }
    entry.value = write(*value);
    return value;
  });
}

template <class T, class Parse>
T Reader::read(Setting setting, const std::optional<T>& fallback, Parse parse) {
  declare(setting);
  const T otherwise = fallback.value_or(T{});
  if (purpose_ == Purpose::description) return otherwise;

  const auto found = given(setting.name);
  const bool secret = setting.exposure == Exposure::secret;
  if (!found && !setting.fallback) {
    const bool file_is_broken = sources_.file && sources_.file->broken;
    if (!file_is_broken) {
      mistakes_.push_back({setting.name, "is required: set it in the configuration file, as " +
                                             variable_name(setting.name) + " or as " + flag_name(setting.name)});
    }
    return otherwise;
  }
  Entry entry{.setting = std::move(setting)};
  if (found) {
    entry.origin = found->origin;
    entry.place = found->place;
  }
  const std::string text = found ? found->text : *entry.setting.fallback;
  auto value = parse(text, entry);
  if (!value) {
    // What somebody gave for a secret's path may be the secret itself.
    const std::string what = secret ? " (value not shown)" : " = '" + shown(text) + "'";
    const std::string where = entry.place.empty() ? "default" : entry.place;
    mistakes_.push_back({entry.setting.name + what + " (" + where + ")", value.error().text()});
    return otherwise;
  }
  entries_.push_back(std::move(entry));
  return std::move(*value);
}

void Reader::refuse(std::string_view name, std::string problem) {
  const auto entry = std::ranges::find(entries_, name, [](const Entry& each) { return each.setting.name; });
  const std::string place = entry != entries_.end() && !entry->place.empty() ? " (" + entry->place + ")" : "";
  mistakes_.push_back({std::string{name} + place, std::move(problem)});
}

void Reader::declare(const Setting& setting) {
  const std::string variable = variable_name(setting.name);
  const auto clash =
      std::ranges::find(settings_, variable, [](const Setting& each) { return variable_name(each.name); });
  // Possible with the configuration's own names only: a.b-c and a-b.c are one variable.
  if (clash != settings_.end()) {
    mistakes_.push_back({setting.name, "has the variable " + variable + ", as " + clash->name + " has: rename one"});
  }
  settings_.push_back(setting);
}

std::optional<Reader::Given> Reader::given(std::string_view name) const {
  const std::string key{name};
  if (const auto flag = sources_.flags.find(key); flag != sources_.flags.end()) {
    return Given{flag->second, Origin::flag, flag_name(name)};
  }
  const std::string variable = variable_name(name);
  if (const auto found = sources_.environment.find(variable); found != sources_.environment.end()) {
    return Given{found->second, Origin::environment, variable};
  }
  if (!sources_.file) return std::nullopt;
  const auto value = sources_.file->values.find(key);
  if (value == sources_.file->values.end()) return std::nullopt;
  return Given{value->second.text, Origin::file, sources_.file->place(value->second.line)};
}

Mistakes Reader::mistakes() const {
  Mistakes all = mistakes_;
  if (purpose_ == Purpose::description) return all;
  add_unknown_flags(all);
  add_unknown_variables(all);
  add_unknown_keys(all);
  return all;
}

void Reader::add_unknown_flags(Mistakes& mistakes) const {
  const auto known = names_known();
  for (const auto& [name, value] : sources_.flags) {
    if (std::ranges::find(known, name) != known.end()) continue;
    mistakes.push_back({flag_name(name), "is no setting" + did_you_mean(name, known, "--")});
  }
}

void Reader::add_unknown_variables(Mistakes& mistakes) const {
  std::vector<std::string> known;
  for (const Setting& setting : settings_) known.push_back(variable_name(setting.name).substr(variable_prefix.size()));
  for (const auto& [variable, value] : sources_.environment) {
    const std::string name = variable.substr(variable_prefix.size());
    if (std::ranges::find(known, name) != known.end() || is_service_link(variable, value)) continue;
    mistakes.push_back({variable, "is no setting" + did_you_mean(name, known, variable_prefix)});
  }
}

void Reader::add_unknown_keys(Mistakes& mistakes) const {
  if (!sources_.file) return;
  const auto known = names_known();
  for (const auto& [name, value] : sources_.file->values) {
    if (std::ranges::find(known, name) != known.end()) continue;
    mistakes.push_back({sources_.file->place(value.line), name + " is no setting" + did_you_mean(name, known)});
  }
  for (const auto& [section, line] : sources_.file->empty_sections) {
    const auto inside = [&section](const std::string& name) { return name.starts_with(section + "."); };
    if (std::ranges::any_of(known, inside)) continue;
    mistakes.push_back({sources_.file->place(line), "[" + section + "] is no section"});
  }
}

std::vector<std::string> Reader::names_known() const {
  std::vector<std::string> names;
  for (const Setting& setting : settings_) names.push_back(setting.name);
  return names;
}

}  // namespace config
