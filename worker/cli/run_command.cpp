#include "cli/run_command.hpp"

#include <iostream>

#include <CLI/CLI.hpp>
#include <boost/json/object.hpp>
#include <unistd.h>

#include "async/system_random.hpp"
#include "cli/command_help.hpp"
#include "cli/complaint.hpp"
#include "cli/fresh_names.hpp"
#include "cli/run_publisher.hpp"
#include "cli/table_topic.hpp"
#include "kafka/publisher.hpp"
#include "kafka/topic_reader.hpp"
#include "wire/control.hpp"

namespace cli {
namespace {

constexpr const char* examples = R"(
Examples:
  segment-export run --input people.csv --connection demo --list LIST-ID --map email=EMail --map first_name=FirstName
  segment-export run --segment Loyal=loyal.csv --segment New=new.jsonl.gz --connection demo --list LIST-ID --map email=mail
  cat people.csv | segment-export run --input - --connection demo --list LIST-ID --map email=EMail --cap 1000 --over-cap truncate
)";

/// That of the connection, so that a job needs no application of its own.
run::ApplicationId application_of(const std::map<std::string, run::ControlRecord>& control,
                                  const run::ConnectionId& id) {
  run::Connection key;
  key.id = id;
  const auto found = control.find(wire::key_of(run::ControlRecord{key}));
  if (found == control.end()) {
    notice("there is no connection " + id.value + " yet, the run will not be sent; connection list shows all");
    return {};
  }
  return std::get<run::Connection>(found->second).application;
}

}  // namespace

void RunCommand::describe(CLI::App& app) {
  app.description("Export the people in files: publish the job, follow it, print the receipt.");
  input_.describe(app);
  job_.describe(app);
  app.add_option("--records", records_, "many people in each record (unless given), or a single one")
      ->type_name("single|many")
      ->check(CLI::IsMember({"single", "many"}).description(""));
  app.add_flag("--no-follow", no_follow_, "End when everything is published");
  app.add_option("--timeout", timeout_.text, "How long to follow, for example 10m; for ever unless given")
      ->type_name("TIME");
  add_format_option(app, format_);
  app.footer(command_footer(examples));
}

ExitCode RunCommand::run(const config::Sources& sources) {
  OptionMistakes mistakes;
  const auto add = [&mistakes](const OptionMistakes& more) {
    mistakes.insert(mistakes.end(), more.begin(), more.end());
  };
  const auto input = plan_input(input_);
  if (!input) add(input.error());
  const auto now = std::chrono::floor<std::chrono::milliseconds>(std::chrono::system_clock::now());
  async::SystemRandom random;
  auto job = plan_job(job_, input ? *input : InputPlan{}, fresh_run_id(now, random.bits()), now);
  if (!job) add(job.error());
  if (const std::string mistake = timeout_.parse(); !mistake.empty()) mistakes.push_back(mistake);
  if (!mistakes.empty()) return complain(ExitCode::usage, mistakes);

  const auto settings = settings_or_complain(sources, config::Use::client);
  if (!settings) return ExitCode::configuration;
  auto inputs = open_input(*input);
  if (!inputs) return complain(ExitCode::input_file, inputs.error());
  for (const CheckedInput& each : *inputs) job->segments.push_back(each.segment);
  return publish_and_follow(*settings, std::move(*job), *inputs);
}

ExitCode RunCommand::publish_and_follow(const config::Worker& settings, run::ExportJob job,
                                        std::vector<CheckedInput>& inputs) {
  const kafka::Hooks hooks = hooks_for(settings);
  const auto control = read_control(settings.kafka, hooks);
  if (!control) return complain(control.error());
  job.application = application_of(*control, job.connection_id);

  // Before anything is published, so that no event is missed.
  kafka::TopicReader results{settings.kafka, hooks};
  if (!no_follow_) {
    const auto opened = results.open(settings.kafka.topics.results, kafka::FromEnd{});
    if (!opened) return complain(opened.error());
  }

  const Interruption interruption;
  ProgressBar bar{std::cerr, progress_style(STDERR_FILENO, Quiet::no), terminal_width(STDERR_FILENO)};
  kafka::Publisher publisher{settings.kafka, hooks};
  ToTopic topic{publisher, settings.kafka.topics.exports};
  RunPublisher publishing{topic, job, MemberColumns{job.mapping, input_.profile_id},
                          records_ == "single" ? RecordsOf::one_member : RecordsOf::many_members};
  const auto end = publishing.publish(inputs, bar, interruption, settings.kafka.call_timeout);
  if (end != RunPublisher::End::published || no_follow_) {
    bar.finish();
    if (end != RunPublisher::End::published) {
      return complain(publishing.half_published(settings.intake.rules.silence_limit));
    }
    if (format_ == OutputFormat::json) {
      write_json(std::cout, boost::json::object{{"run_id", job.run_id.value}});
    } else {
      std::cout << job.run_id.value << '\n';
    }
    return complain(ExitCode::still_waiting, "published; " + how_to_follow(job.run_id));
  }
  RunView view{job.run_id};
  return follow(results, view, job.run_id, timeout_.duration, format_, bar, interruption);
}

}  // namespace cli
