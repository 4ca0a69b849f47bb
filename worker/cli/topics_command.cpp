#include "cli/topics_command.hpp"

#include <chrono>
#include <iostream>
#include <thread>

#include <CLI/CLI.hpp>
#include <boost/json/array.hpp>
#include <boost/json/object.hpp>

#include "cli/command_help.hpp"
#include "cli/complaint.hpp"
#include "cli/table_topic.hpp"
#include "kafka/publisher.hpp"
#include "wire/control.hpp"

namespace cli {
namespace {

using namespace std::chrono_literals;
namespace json = boost::json;

constexpr auto input_margin = std::chrono::days{3};
constexpr auto outbox_margin = std::chrono::days{2};
constexpr auto moment = 100ms;

constexpr const char* create_examples = R"(
Examples:
  segment-export topics create --brokers broker.example:9092 --print
  segment-export topics create --config worker.toml --partitions 12
)";
constexpr const char* check_examples = R"(
Examples:
  segment-export topics check --brokers broker.example:9092
  segment-export topics check --config worker.toml --format json
)";

kafka::LayoutPlan layout_plan(const config::Worker& settings, std::int32_t partitions,
                              std::optional<std::int16_t> replication) {
  using std::chrono::milliseconds;
  const milliseconds deadline = settings.delivery.run_deadline;
  const milliseconds needed_input = settings.intake.rules.run_limit + deadline + input_margin;
  const milliseconds needed_outbox = deadline + settings.delivery.activity_deadline + outbox_margin;
  // What delivery reckons with has to be true as well.
  return {.partitions = partitions,
          .replication = replication,
          .least_input_retention = std::max(needed_input, milliseconds{settings.delivery.input_retention}),
          .least_outbox_retention = std::max(needed_outbox, milliseconds{settings.delivery.outbox_retention})};
}

std::vector<std::string> names_of(const std::vector<kafka::TopicDescription>& topics) {
  std::vector<std::string> names;
  for (const kafka::TopicDescription& topic : topics) names.push_back(topic.name);
  return names;
}

kafka::Result<std::optional<run::Layout>> recorded_layout(const config::Worker& settings,
                                                          const std::vector<kafka::TopicDescription>& found) {
  if (std::ranges::find(found, settings.kafka.topics.control, &kafka::TopicDescription::name) == found.end()) {
    return std::optional<run::Layout>{};
  }
  const auto control = read_control(settings.kafka, hooks_for(settings));
  if (!control) return control.error();
  const auto record = control->find(wire::key_of(run::ControlRecord{run::Layout{}}));
  if (record == control->end()) return std::optional<run::Layout>{};
  return std::optional{std::get<run::Layout>(record->second)};
}

/// A topic that was just made is not known to every broker at once.
kafka::Result<std::vector<kafka::TopicDescription>> wait_for(kafka::Admin& admin, const std::vector<std::string>& names,
                                                             std::chrono::milliseconds longest) {
  const auto give_up_at = std::chrono::steady_clock::now() + longest;
  for (;;) {
    const auto found = admin.describe(names);
    const bool is_new = !found && found.error().kind == kafka::Error::Kind::missing_topic;
    if (!found && !is_new) return found.error();
    if (found && found->size() == names.size()) return found;
    if (std::chrono::steady_clock::now() >= give_up_at) {
      return kafka::Error{kafka::Error::Kind::unreachable, "the new topics do not appear"};
    }
    std::this_thread::sleep_for(moment);
  }
}

kafka::Result<void> write_layout(const config::Worker& settings, const run::Layout& layout) {
  const run::ControlRecord record{layout};
  kafka::Publisher publisher{settings.kafka, hooks_for(settings)};
  const auto published = publisher.publish(settings.kafka.topics.control, wire::key_of(record), wire::encode(record));
  return published ? publisher.flush(settings.kafka.call_timeout) : published;
}

std::string in_words(const kafka::TopicDescription& topic) {
  std::string text = topic.name + ": " + std::to_string(topic.partitions) + " partitions, replication " +
                     std::to_string(topic.replication);
  for (const auto& [name, value] : topic.config) text += ", " + name + "=" + value;
  return text;
}

json::array to_json(const std::vector<kafka::TopicDifference>& differences) {
  json::array array;
  for (const kafka::TopicDifference& difference : differences) {
    array.push_back(json::object{{"topic", difference.topic},
                                 {"setting", difference.what},
                                 {"found", difference.found},
                                 {"wanted", difference.wanted},
                                 {"remedy", difference.remedy}});
  }
  return array;
}

json::array to_json(const std::vector<std::string>& texts) {
  json::array array;
  for (const std::string& text : texts) array.emplace_back(text);
  return array;
}

}  // namespace

void TopicsCommand::describe(CLI::App& app) {
  app.description("Make and check the Kafka topics that workers need.");
  app.require_subcommand(1);
  create_ = app.add_subcommand("create", "Make what is missing, adopt what is there, alter nothing.");
  create_->add_flag("--print", print_, "Only show what would be done");
  create_->add_option("--partitions", partitions_, "Of each topic that spreads; 4 unless given")
      ->type_name("N")
      ->check(CLI::Range(1, 1000).description(""));
  create_->add_option("--replication", replication_, "3, or as many as there are brokers, unless given")
      ->type_name("N")
      ->check(CLI::Range(1, 100).description(""));
  add_format_option(*create_, format_);
  create_->footer(command_footer(create_examples));
  CLI::App* check = app.add_subcommand("check", "Name everything that is not as it must be.");
  add_format_option(*check, format_);
  check->footer(command_footer(check_examples));
}

ExitCode TopicsCommand::run(const config::Sources& sources) {
  const auto settings = settings_or_complain(sources, config::Use::client);
  if (!settings) return ExitCode::configuration;
  kafka::Admin admin{settings->kafka, hooks_for(*settings)};
  const auto seen = look(*settings, admin);
  if (!seen) return complain(seen.error());
  return create_->parsed() ? create(*settings, admin, *seen) : check(*seen);
}

kafka::Result<TopicsCommand::Look> TopicsCommand::look(const config::Worker& settings, kafka::Admin& admin) const {
  const auto brokers = admin.broker_count();
  if (!brokers) return brokers.error();
  auto wanted = kafka::wanted_topics(settings.kafka.topics, layout_plan(settings, partitions_, replication_), *brokers);
  const auto found = admin.describe(names_of(wanted));
  if (!found) return found.error();
  auto recorded = recorded_layout(settings, *found);
  if (!recorded) return recorded.error();
  Look seen{.plan = plan_topics(settings.kafka.topics, std::move(wanted), *found, *recorded), .recorded = *recorded};
  return seen;
}

ExitCode TopicsCommand::create(const config::Worker& settings, kafka::Admin& admin, const Look& look) const {
  const TopicsPlan& plan = look.plan;
  if (print_) {
    print_plan(look);
    return ExitCode::success;
  }
  if (!plan.counts_fit) {
    for (const auto& difference : plan.differences) complain(ExitCode::topics_differ, difference.text());
    return complain(ExitCode::topics_differ, "nothing was made, since partitions are not as they must be");
  }
  for (const kafka::TopicDescription& topic : plan.missing) {
    if (const auto made = admin.create(topic); !made) return complain(made.error());
  }
  const auto there = wait_for(admin, kafka::names_of(settings.kafka.topics), settings.kafka.call_timeout);
  if (!there) return complain(there.error());
  // Without a first offset a group would own its partitions and never begin.
  const auto input = admin.set_first_offsets(settings.kafka.intake_group, settings.kafka.topics.exports);
  if (!input) return complain(input.error());
  const auto outbox = admin.set_first_offsets(settings.kafka.delivery_group, settings.kafka.topics.decided);
  if (!outbox) return complain(outbox.error());
  // Last: workers that wait for it find all the rest in place.
  const auto layout = with_ids(plan.layout, *there);
  if (look.recorded != layout) {
    if (const auto written = write_layout(settings, layout); !written) return complain(written.error());
  }
  print_plan(look);
  return plan.differences.empty() ? ExitCode::success : ExitCode::topics_differ;
}

void TopicsCommand::print_plan(const Look& look) const {
  const TopicsPlan& plan = look.plan;
  if (format_ == OutputFormat::json) {
    write_json(std::cout, json::object{{"created", to_json(names_of(plan.missing))},
                                       {"adopted", to_json(plan.adopted)},
                                       {"made_anew", to_json(plan.renewed)},
                                       {"differences", to_json(plan.differences)}});
    return;
  }
  for (const auto& topic : plan.missing)
    std::cout << (print_ ? "would create " : "created ") << in_words(topic) << '\n';
  for (const std::string& name : plan.adopted) std::cout << (print_ ? "would adopt " : "there is ") << name << '\n';
  for (const std::string& name : plan.renewed) std::cout << name << " was made anew: its next incarnation\n";
  if (look.recorded != plan.layout) std::cout << (print_ ? "would write" : "wrote") << " the layout\n";
  for (const auto& difference : plan.differences) std::cout << "differs: " << difference.text() << '\n';
}

ExitCode TopicsCommand::check(const Look& look) const {
  const auto differences = check_topics(look.plan);
  if (format_ == OutputFormat::json) {
    write_json(std::cout, json::object{{"differences", to_json(differences)}});
  } else {
    for (const kafka::TopicDifference& difference : differences) std::cout << difference.text() << '\n';
    if (differences.empty()) std::cout << "all topics are as they must be\n";
  }
  return differences.empty() ? ExitCode::success : ExitCode::topics_differ;
}

}  // namespace cli
