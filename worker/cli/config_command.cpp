#include "cli/config_command.hpp"

#include <iostream>

#include <CLI/CLI.hpp>
#include <boost/json/array.hpp>
#include <boost/json/object.hpp>

#include "cli/command_help.hpp"
#include "cli/complaint.hpp"
#include "cli/number_text.hpp"
#include "config/help.hpp"

namespace cli {
namespace {

namespace json = boost::json;

constexpr const char* examples = R"(
Examples:
  segment-export config check --config worker.toml
  SEGMENT_EXPORT_DELIVERY_RATE=10 segment-export config check --config worker.toml --format json
)";

/// Lists, fields, import and poll.
constexpr double calls_of_a_small_run = 4;

std::string_view name_of(config::Origin origin) {
  switch (origin) {
    case config::Origin::fallback:
      return "default";
    case config::Origin::file:
      return "file";
    case config::Origin::environment:
      return "environment";
    case config::Origin::flag:
      return "flag";
  }
  return "";
}

std::uint64_t small_runs_a_day(const delivery::QuotaSettings& quota) {
  const double share = 1 - quota.resolve_share - quota.on_demand_share;
  return static_cast<std::uint64_t>(quota.calls_per_day * share / calls_of_a_small_run + 1e-6);
}

json::array to_json(const std::vector<config::Entry>& entries) {
  json::array array;
  for (const config::Entry& entry : entries) {
    array.push_back(json::object{{"name", entry.setting.name},
                                 {"value", entry.value},
                                 {"unit", entry.setting.unit},
                                 {"source", name_of(entry.origin)},
                                 {"place", entry.place}});
  }
  return array;
}

json::array to_json(const config::Mistakes& mistakes) {
  json::array array;
  for (const config::Mistake& mistake : mistakes) {
    array.push_back(json::object{{"place", mistake.place}, {"problem", mistake.problem}});
  }
  return array;
}

}  // namespace

void ConfigCommand::describe(CLI::App& app) {
  app.description("Look at the settings.");
  app.require_subcommand(1);
  CLI::App* check = app.add_subcommand("check", "Show each setting's value and source, or all that is wrong.");
  add_format_option(*check, format_);
  check->footer(command_footer(examples));
}

ExitCode ConfigCommand::run(const config::Sources& sources) {
  const config::Findings found = config::look_at(sources, config::Use::worker);
  const bool fine = found.mistakes.empty();
  if (format_ == OutputFormat::json) {
    write_json(std::cout, json::object{{"settings", to_json(found.entries)}, {"mistakes", to_json(found.mistakes)}});
    return fine ? ExitCode::success : ExitCode::configuration;
  }
  if (!fine) {
    for (const config::Mistake& mistake : found.mistakes) complain(ExitCode::configuration, mistake.text());
    return ExitCode::configuration;
  }
  std::cout << config::values_text(found.entries);
  const auto settings = config::load(sources, config::Use::worker);
  if (settings) {
    std::cout
        << "\nOf small runs, an application can make at most "
        << with_thousands(small_runs_a_day(settings->delivery.quota))
        << " a day:\ndelivery.calls-per-day x (1 - delivery.resolve-share - delivery.on-demand-share) / 4 calls\n";
  }
  return ExitCode::success;
}

}  // namespace cli
