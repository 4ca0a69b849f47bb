#include "cli/run_command.hpp"

#include <iostream>

#include <CLI/CLI.hpp>
#include <boost/json/object.hpp>
#include <unistd.h>

#include "async/system_random.hpp"
#include "cli/command_help.hpp"
#include "cli/complaint.hpp"
#include "cli/decide_rows.hpp"
#include "cli/forecast.hpp"
#include "cli/fresh_names.hpp"
#include "cli/number_text.hpp"
#include "cli/receipt_json.hpp"
#include "cli/receipt_text.hpp"
#include "cli/table_topic.hpp"
#include "constant_contact/encoders.hpp"
#include "kafka/publisher.hpp"
#include "kafka/topic_reader.hpp"
#include "wire/control.hpp"

namespace cli {
namespace {

constexpr const char* examples = R"(
Examples:
  segment-export run --input people.csv --connection demo --list LIST-ID --map email=EMail --map first_name=FirstName
  segment-export run --segment Loyal=loyal.csv --segment New=new.jsonl.gz --connection demo --list LIST-ID --map email=mail
  segment-export run --input people.csv --connection demo --list LIST-ID --map email=EMail --dry-run
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
  app.add_option("--records", records_,
                 "People in each record at most: a number, single, or many (as many as fit; unless given)")
      ->type_name("single|many|N");
  app.add_flag("--dry-run", dry_run_, "Publish nothing: say what would be decided, sent and used of the day's calls");
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
  const auto per_record = members_per_record(records_);
  if (!per_record) mistakes.push_back("--records " + records_ + ": must be single, many or a number from 1 on");
  if (!mistakes.empty()) return complain(ExitCode::usage, mistakes);

  const auto settings = settings_or_complain(sources, dry_run_ ? config::Use::offline : config::Use::client);
  if (!settings) return ExitCode::configuration;
  auto inputs = open_input(*input);
  if (!inputs) return complain(ExitCode::input_file, inputs.error());
  for (const CheckedInput& each : *inputs) job->segments.push_back(each.segment);
  if (dry_run_) return say_what_would_be(*settings, *job, *inputs);
  return publish_and_follow(*settings, std::move(*job), *inputs, *per_record);
}

ExitCode RunCommand::say_what_would_be(const config::Worker& settings, const run::ExportJob& job,
                                       std::vector<CheckedInput>& inputs) const {
  async::SystemRandom random;
  intake::RunDecider decider{job, settings.intake.rules, contact::dedupe_key_of({random.bits(), random.bits()})};
  const auto encoders = constant_contact::encoders(settings.constant_contact.import);
  ImportCounter counter{job, encoders.usual(), settings.delivery.packing};
  const auto count = [&](const Row&, const std::string&, const intake::Decision& decision) {
    if (decision.verdict == intake::Verdict::accepted) counter.add(*decision.row);
  };
  const auto fault = decide_rows(decider, inputs, MemberColumns{job.mapping, input_.profile_id}, count);
  if (fault) return complain(ExitCode::input_file, fault->text());

  const auto totals = decider.totals();
  const bool above_cap = totals.over_cap > 0;
  const auto imports = above_cap && job.over_cap != run::OverCap::truncate ? 0 : counter.imports();
  const auto needs = forecast(imports, job.list_ids.size(), has_custom_fields(job.mapping), settings.delivery);
  if (format_ == OutputFormat::json) {
    write_json(std::cout, boost::json::object{{"decided", counts_json(totals)},
                                              {"segments", segments_json(decider.segments())},
                                              {"reasons", reasons_json(decider.reasons())},
                                              {"cap", decider.cap()},
                                              {"vendor", forecast_json(needs)}});
    return ExitCode::success;
  }
  std::cout << decided_text(totals, decider.segments(), decider.reasons());
  if (above_cap && imports == 0) {
    std::cout << "\nNobody would be sent: " << with_thousands(totals.accepted + totals.over_cap)
              << " people, the cap is " << with_thousands(decider.cap())
              << (job.over_cap == run::OverCap::hold ? "; the run would be held until it is released\n"
                                                     : "; the run would be skipped\n");
  }
  std::cout << forecast_text(needs) << std::flush;
  return ExitCode::success;
}

ExitCode RunCommand::publish_and_follow(const config::Worker& settings, run::ExportJob job,
                                        std::vector<CheckedInput>& inputs, std::size_t per_record) {
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
  RunPublisher publishing{topic, job, MemberColumns{job.mapping, input_.profile_id}, per_record};
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
