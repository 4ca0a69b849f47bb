#include "cli/validate_command.hpp"

#include <algorithm>
#include <iostream>

#include <CLI/CLI.hpp>

#include "cli/command_help.hpp"
#include "cli/complaint.hpp"
#include "cli/validation.hpp"
#include "cli/validation_text.hpp"

namespace cli {
namespace {

constexpr const char* examples = R"(
FILE holds values of the topic of exports in their order, each after its length as a protobuf varint; gzip is
unpacked, - is standard input. Ends with 4 where a record cannot be used or a run would fail or not be sent, with 8
where a run would end with warnings.

Examples:
  segment-export validate run.bin
  segment-export validate run.bin --format json | jq .runs[0].decided
  deploy/upstream/python/publish.py --record /dev/stdout … | segment-export validate -
)";

bool is_refused(const ForeseenRun& run) {
  return !run.held && run.completed.status != run::RunStatus::successful &&
         run.completed.status != run::RunStatus::completed_with_warnings;
}

ExitCode code_of(const Validation& validation) {
  if (!validation.faults.empty() || std::ranges::any_of(validation.runs, is_refused)) return ExitCode::input_file;
  const bool all_fine = std::ranges::all_of(validation.runs, [](const ForeseenRun& run) {
    return !run.held && run.completed.status == run::RunStatus::successful;
  });
  return all_fine ? ExitCode::success : ExitCode::warnings;
}

}  // namespace

void ValidateCommand::describe(CLI::App& app) {
  app.description("Say what would become of recorded export messages, without Kafka and without sending anything.");
  app.add_option("FILE", file_, "The recording")->required();
  add_format_option(app, format_);
  app.footer(command_footer(examples));
}

ExitCode ValidateCommand::run(const config::Sources& sources) {
  const auto settings = settings_or_complain(sources, config::Use::offline);
  if (!settings) return ExitCode::configuration;
  auto source = ByteSource::open(file_);
  if (!source) return complain(ExitCode::input_file, source.error().text());
  RecordedFile file{*std::move(source)};
  const auto validation = validate(file, settings->intake);
  if (!validation) return complain(ExitCode::input_file, validation.error().text());
  if (validation->records == 0) return complain(ExitCode::input_file, file_ + ": holds no record");
  if (format_ == OutputFormat::json) {
    write_json(std::cout, validation_json(*validation));
  } else {
    std::cout << validation_text(*validation) << std::flush;
  }
  return code_of(*validation);
}

}  // namespace cli
