#include "cli/watch_command.hpp"

#include <iostream>

#include <CLI/CLI.hpp>
#include <unistd.h>

#include "cli/command_help.hpp"
#include "cli/complaint.hpp"
#include "kafka/topic_reader.hpp"

namespace cli {
namespace {

constexpr const char* examples = R"(
Examples:
  segment-export watch run-20261125T021500Z-4f2a9c01
  segment-export watch run-20261125T021500Z-4f2a9c01 --no-follow --format json
)";

}  // namespace

void WatchCommand::describe(CLI::App& app) {
  app.description("Show how a run stands, follow it to its end, print the receipt.");
  app.add_option("RUN", run_id_, "Id of the run")->required();
  app.add_flag("--no-follow", no_follow_, "Show the state as it is now and end");
  app.add_option("--timeout", timeout_.text, "How long to follow, for example 10m; for ever unless given")
      ->type_name("TIME");
  add_format_option(app, format_);
  app.footer(command_footer(examples));
}

ExitCode WatchCommand::run(const config::Sources& sources) {
  if (const std::string mistake = timeout_.parse(); !mistake.empty()) return complain(ExitCode::usage, mistake);
  const auto settings = settings_or_complain(sources, config::Use::client);
  if (!settings) return ExitCode::configuration;
  const run::RunId id{run_id_};
  RunView view{id};
  kafka::TopicReader results{settings->kafka, hooks_for(*settings)};
  if (const auto read = read_run(*settings, results, view, id); !read) return complain(read.error());
  if (!view.latest()) return complain(nothing_known(id));
  if (no_follow_ || view.completed() != nullptr) return print_run(view, format_);
  const Interruption interruption;
  ProgressBar bar{std::cerr, progress_style(STDERR_FILENO, Quiet::no), terminal_width(STDERR_FILENO)};
  return follow(results, view, id, timeout_.duration, format_, bar, interruption);
}

}  // namespace cli
