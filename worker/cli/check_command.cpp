#include "cli/check_command.hpp"

#include <iostream>
#include <utility>

#include <CLI/CLI.hpp>
#include <boost/json/serialize.hpp>

#include "async/system_random.hpp"
#include "cli/command_help.hpp"
#include "cli/complaint.hpp"
#include "cli/decide_rows.hpp"
#include "cli/receipt_json.hpp"
#include "cli/receipt_text.hpp"
#include "cli/verdict_json.hpp"

namespace cli {
namespace {

constexpr const char* examples = R"(
Examples:
  segment-export check --input people.csv --map email=EMail
  segment-export check --input people.csv --map email=EMail --rows | grep '"invalid"'
  segment-export check --segment Loyal=loyal.csv --segment New=new.csv --map email=EMail --cap 1000 --format json
)";

}  // namespace

void CheckCommand::describe(CLI::App& app) {
  app.description("Say what would be decided about the people in files, without Kafka and without sending anything.");
  input_.describe(app);
  app.add_flag("--rows", rows_, "One line of JSON for each record of a file; the sums then go to standard error");
  app.add_flag("--show-addresses", show_addresses_, "With --rows, also the address as it would be sent");
  add_format_option(app, format_);
  app.footer(command_footer(examples));
}

ExitCode CheckCommand::run(const config::Sources& sources) {
  const auto plan = plan_input(input_);
  if (!plan) return complain(ExitCode::usage, plan.error());
  const auto settings = settings_or_complain(sources, config::Use::offline);
  if (!settings) return ExitCode::configuration;
  auto inputs = open_input(*plan);
  if (!inputs) return complain(ExitCode::input_file, inputs.error());
  run::ExportJob job;
  job.mapping = plan->mapping;
  job.cap = plan->cap;
  for (const CheckedInput& input : *inputs) job.segments.push_back(input.segment);
  async::SystemRandom random;
  const auto key = contact::dedupe_key_of({random.bits(), random.bits()});
  intake::RunDecider decider{job, settings->intake.rules, key};
  return decide(decider, *inputs, MemberColumns{plan->mapping, plan->profile_id});
}

ExitCode CheckCommand::decide(intake::RunDecider& decider, std::vector<CheckedInput>& inputs,
                              MemberColumns columns) const {
  const auto addresses = show_addresses_ ? Addresses::shown : Addresses::hidden;
  const auto show = [&](const Row& row, const std::string& segment, const intake::Decision& decision) {
    if (!rows_) return;
    const auto shown = inputs.size() > 1 ? std::optional<std::string_view>{segment} : std::nullopt;
    std::cout << boost::json::serialize(verdict_json(row.number, shown, decision, addresses)) << '\n';
  };
  const auto fault = decide_rows(decider, inputs, std::move(columns), show);
  if (fault) return complain(ExitCode::input_file, fault->text());
  print(decider);
  return ExitCode::success;
}

void CheckCommand::print(const intake::RunDecider& decider) const {
  std::cout << std::flush;
  std::ostream& out = rows_ ? std::cerr : std::cout;
  if (format_ == OutputFormat::text) {
    out << decided_text(decider.totals(), decider.segments(), decider.reasons()) << std::flush;
    return;
  }
  write_json(out, boost::json::object{{"decided", counts_json(decider.totals())},
                                      {"segments", segments_json(decider.segments())},
                                      {"reasons", reasons_json(decider.reasons())},
                                      {"cap", decider.cap()}});
}

}  // namespace cli
