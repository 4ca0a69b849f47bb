#include "config/applications.hpp"

#include <algorithm>
#include <set>
#include <string_view>

namespace config {
namespace {

constexpr std::string_view section = "application.";
constexpr std::string_view client_id = ".client-id";
constexpr std::string_view secret_file = ".client-secret-file";

/// `application.main.client-id` -> `main`
std::string name_in(std::string_view setting) {
  if (!setting.starts_with(section)) return "";
  setting.remove_prefix(section.size());
  return std::string{setting.substr(0, setting.find('.'))};
}

std::string name_in_variable(std::string_view variable) {
  const std::string prefix = variable_name(section);
  for (const auto& ending : {variable_name(client_id), variable_name(secret_file)}) {
    const std::string_view end = std::string_view{ending}.substr(variable_prefix.size());
    if (!variable.starts_with(prefix) || !variable.ends_with(end)) continue;
    if (variable.size() <= prefix.size() + end.size()) continue;
    std::string name{variable.substr(prefix.size(), variable.size() - prefix.size() - end.size())};
    std::ranges::transform(name, name.begin(), [](char c) {
      if (c == '_') return '-';
      return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    });
    return name;
  }
  return "";
}

Application read_application(Reader& read, const std::string& name, Use use) {
  const bool must = use == Use::worker;
  const TextRule id_rule{.fallback = must ? std::nullopt : std::optional<std::string>{""},
                         .help = "Of the registered OAuth client, which is the API key."};
  const TextRule secret_rule{.fallback = "", .help = "File with the secret; delivery needs it."};
  const std::string start = std::string{section} + name;
  Application application{.name = name, .id = {read.text(start + std::string{client_id}, id_rule)}, .secret = {}};
  if (must) {
    application.secret = read.secret_file(start + std::string{secret_file}, secret_rule);
  } else {
    read.text(start + std::string{secret_file}, secret_rule);
  }
  return application;
}

}  // namespace

std::vector<std::string> names_of_applications(const Sources& sources) {
  std::set<std::string> names;
  for (const auto& [setting, value] : sources.flags) names.insert(name_in(setting));
  if (sources.file) {
    for (const auto& [setting, value] : sources.file->values) names.insert(name_in(setting));
  }
  const std::set<std::string> spelled_out = names;
  for (const auto& [variable, value] : sources.environment) {
    const std::string name = name_in_variable(variable);
    const auto same = [&name](const std::string& other) { return variable_name(other) == variable_name(name); };
    if (std::ranges::none_of(spelled_out, same)) names.insert(name);
  }
  names.erase("");
  return {names.begin(), names.end()};
}

std::vector<std::string> read_application_names(Reader& read, const std::vector<std::string>& named) {
  return read.names("applications",
                    {.fallback = named,
                     .help = "Names of the OAuth clients that count; unless set, all for which application.<name>.… "
                             "is there."});
}

std::vector<Application> read_applications(Reader& read, const std::vector<std::string>& names, Use use) {
  std::vector<Application> applications;
  for (const std::string& name : names) {
    Application application = read_application(read, name, use);
    const auto same = [&application](const Application& other) { return other.id == application.id; };
    const auto twin = std::ranges::find_if(applications, same);
    if (!application.id.empty() && twin != applications.end()) {
      // Two owners would share one API key's limits without knowing of each other.
      read.refuse(std::string{section} + name + std::string{client_id}, "is that of " + twin->name + " too");
    }
    applications.push_back(std::move(application));
  }
  return applications;
}

run::ApplicationId default_among(const std::vector<Application>& applications, const std::string& given, Reader& read) {
  if (given.empty()) return applications.size() == 1 ? applications.front().id : run::ApplicationId{};
  for (const Application& application : applications) {
    if (application.name == given || application.id.value == given) return application.id;
  }
  read.refuse("default-application", "is none of the applications");
  return {};
}

}  // namespace config
