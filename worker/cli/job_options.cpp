#include "cli/job_options.hpp"

#include <algorithm>
#include <cctype>
#include <map>
#include <string_view>

#include <CLI/CLI.hpp>

#include "cli/fresh_names.hpp"
#include "wire/bounds.hpp"

namespace cli {
namespace {

const std::map<std::string, run::OverCap>& over_cap_names() {
  static const std::map<std::string, run::OverCap> names{
      {"skip", run::OverCap::skip}, {"truncate", run::OverCap::truncate}, {"hold", run::OverCap::hold}};
  return names;
}

const std::map<std::string, run::Trigger>& trigger_names() {
  static const std::map<std::string, run::Trigger> names{{"system-refresh", run::Trigger::system_refresh},
                                                         {"custom-schedule", run::Trigger::custom_schedule},
                                                         {"on-demand", run::Trigger::on_demand}};
  return names;
}

template <class Value>
std::vector<std::string> keys_of(const std::map<std::string, Value>& names) {
  std::vector<std::string> keys;
  for (const auto& [name, value] : names) keys.push_back(name);
  return keys;
}

/// As the vendor names its lists: a UUID with its hyphens.
bool is_list_id(std::string_view text) {
  constexpr std::string_view shape = "00000000-0000-0000-0000-000000000000";
  return std::ranges::equal(text, shape, [](char is, char wanted) {
    return wanted == '-' ? is == '-' : std::isxdigit(static_cast<unsigned char>(is)) != 0;
  });
}

}  // namespace

void JobOptions::describe(CLI::App& app) {
  app.add_option("--connection", connection, "Account to send to; 'connection list' names them")->type_name("ID");
  app.add_option("--list", lists, "List to put the people on; 1 to 50")->type_name("ID")->allow_extra_args(false);
  app.add_option("--export", export_id, "Runs of one export keep their order; by connection and lists unless given")
      ->type_name("ID");
  app.add_option("--export-name", export_name, "For people")->type_name("NAME");
  app.add_option("--run-id", run_id, "A fresh one unless given; never one that was used before")->type_name("ID");
  app.add_option("--over-cap", over_cap,
                 "When more people come than the cap: skip (unless given) sends nobody, "
                 "truncate the first ones, hold waits for a release")
      ->type_name("POLICY")
      ->check(CLI::IsMember(keys_of(over_cap_names())).description(""));
  app.add_option("--trigger", trigger, "on-demand (unless given), custom-schedule or system-refresh")
      ->type_name("KIND")
      ->check(CLI::IsMember(keys_of(trigger_names())).description(""));
}

boost::system::result<run::ExportJob, OptionMistakes> plan_job(const JobOptions& options, const InputPlan& input,
                                                               const run::RunId& fresh, run::UtcTime now) {
  OptionMistakes mistakes;
  if (options.connection.empty()) mistakes.emplace_back("no account: add --connection ID");
  if (options.lists.empty()) mistakes.emplace_back("no list: add --list ID");
  for (const std::string& list : options.lists) {
    if (!is_list_id(list)) mistakes.push_back("--list " + list + ": is no list id; the account's lists have UUIDs");
  }
  if (!mistakes.empty()) return mistakes;
  run::ExportJob job;
  job.run_id = options.run_id.empty() ? fresh : run::RunId{options.run_id};
  job.export_id = {options.export_id};
  job.export_name = options.export_name;
  job.connection_id = {options.connection};
  job.trigger = trigger_names().at(options.trigger);
  job.requested_by = "segment-export run";
  job.mapping = input.mapping;
  job.cap = input.cap;
  job.over_cap = over_cap_names().at(options.over_cap);
  job.created_at = now;
  for (const std::string& list : options.lists) job.list_ids.push_back({list});
  if (job.export_id.empty()) job.export_id = default_export_id(job.connection_id, job.list_ids);
  wire::Faults faults;
  wire::check_bounds(job, faults);
  const auto checked = faults.value_or_fault(true);
  if (!checked) return OptionMistakes{"the job cannot be published: " + checked.error().detail};
  return job;
}

}  // namespace cli
