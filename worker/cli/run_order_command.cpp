#include "cli/run_order_command.hpp"

#include <iostream>

#include <CLI/CLI.hpp>
#include <pwd.h>
#include <unistd.h>

#include "cli/command_help.hpp"
#include "cli/complaint.hpp"
#include "cli/receipt_json.hpp"
#include "cli/table_topic.hpp"
#include "kafka/publisher.hpp"
#include "kafka/topic_reader.hpp"
#include "wire/control.hpp"

namespace cli {
namespace {

std::string login_name() {
  const passwd* const user = ::getpwuid(::geteuid());
  return user == nullptr ? std::to_string(::geteuid()) : std::string{user->pw_name};
}

kafka::Result<void> publish(const config::Worker& settings, const run::ControlRecord& order) {
  kafka::Publisher publisher{settings.kafka, hooks_for(settings)};
  const auto published = publisher.publish(settings.kafka.topics.control, wire::key_of(order), wire::encode(order));
  return published ? publisher.flush(settings.kafka.call_timeout) : published;
}

}  // namespace

void RunOrderCommand::describe(CLI::App& app) {
  app.description(texts().description);
  app.add_option("RUN", run_id_, "Id of the run")->required();
  app.add_option("--by", by_, "Who gives the order; the login name unless given")->type_name("WHO");
  describe_more(app);
  app.add_flag("--no-follow", no_follow_, "End when the order is written");
  app.add_option("--timeout", timeout_.text, "How long to follow, for example 10m; for ever unless given")
      ->type_name("TIME");
  add_format_option(app, format_);
  app.footer(command_footer(texts().examples));
}

ExitCode RunOrderCommand::run(const config::Sources& sources) {
  if (const std::string mistake = timeout_.parse(); !mistake.empty()) return complain(ExitCode::usage, mistake);
  const auto settings = settings_or_complain(sources, config::Use::client);
  if (!settings) return ExitCode::configuration;
  RunView view{{run_id_}};
  kafka::TopicReader results{settings->kafka, hooks_for(*settings)};
  if (const auto read = read_run(*settings, results, view, {run_id_}); !read) return complain(read.error());
  if (!view.latest()) return complain(nothing_known({run_id_}));
  if (const std::string problem = objection(view); !problem.empty()) return complain(ExitCode::not_possible, problem);
  return give_order(*settings, results, view);
}

ExitCode RunOrderCommand::give_order(const config::Worker& settings, kafka::TopicReader& results, RunView& view) {
  // The instance, so that a run id that is used again is not meant as well.
  const auto record = order(view.latest()->instance, by_.empty() ? login_name() : by_);
  if (const auto written = publish(settings, record); !written) return complain(written.error());
  if (no_follow_) {
    if (format_ == OutputFormat::json) {
      write_json(std::cout, boost::json::object{{"run_id", run_id_}, {"order", name()}});
    } else {
      std::cout << "the order is written; " << how_to_follow({run_id_}) << '\n';
    }
    return ExitCode::success;
  }
  const Interruption interruption;
  ProgressBar bar{std::cerr, progress_style(STDERR_FILENO, Quiet::no), terminal_width(STDERR_FILENO)};
  return code_of(follow(results, view, {run_id_}, timeout_.duration, format_, bar, interruption), view);
}

ExitCode RunOrderCommand::code_of(ExitCode outcome, const RunView& /*view*/) const { return outcome; }

}  // namespace cli
