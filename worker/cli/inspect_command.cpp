#include "cli/inspect_command.hpp"

#include <chrono>
#include <iostream>
#include <limits>

#include <CLI/CLI.hpp>
#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>

#include "cli/command_help.hpp"
#include "cli/complaint.hpp"
#include "cli/interruption.hpp"
#include "cli/time_text.hpp"
#include "contact/utf8.hpp"

namespace cli {
namespace {

using namespace std::chrono_literals;

constexpr auto moment = 200ms;
constexpr std::uint64_t usual_limit = 100;

constexpr const char* examples = R"(
Examples:
  segment-export inspect results --limit 10
  segment-export inspect exports:0:42 --show-addresses
  segment-export inspect deliveries --from 2026-11-25T02:15:00Z --follow
)";

/// The raw key of what others publish may be anything, also an address; where the record is one of ours, its value says
/// the run id.
bool is_guarded(wire::Topic topic) { return topic == wire::Topic::exports || topic == wire::Topic::rejects; }

std::string readable(const std::string& key) {
  if (contact::is_valid_utf8(key)) return key;
  return std::to_string(key.size()) + " bytes, not UTF-8";
}

}  // namespace

std::string inspected(const InspectTarget& target, const kafka::ReadRecord& record, wire::PersonalData personal_data) {
  const bool hidden = personal_data == wire::PersonalData::hidden && is_guarded(target.kind);
  boost::json::object object{{"topic", target.topic},
                             {"partition", record.partition},
                             {"offset", record.offset},
                             {"appended_at", rfc3339(record.appended_at)},
                             {"key", hidden ? std::to_string(record.key.size()) + " bytes" : readable(record.key)}};
  std::string value = "null";
  if (record.value) {
    const auto decoded = wire::to_json(target.kind, *record.value, personal_data);
    if (decoded) {
      value = *decoded;
    } else {
      object["unreadable"] = decoded.error().detail;
    }
  }
  std::string line = boost::json::serialize(object);
  line.pop_back();
  return line + ",\"value\":" + value + "}";
}

void InspectCommand::describe(CLI::App& app) {
  app.description("Show the records of any of our topics as JSON, one a line.");
  app.add_option(
         "TOPIC", target_,
         "TOPIC[:PARTITION[:OFFSET]]; exports, control, decided, deliveries, credentials, results, rejects or a "
         "topic's name")
      ->required();
  app.add_option("--from", from_, "start (unless given), end, an offset, or a time as 2026-11-25T02:15:00Z")
      ->type_name("PLACE");
  app.add_option("--limit", limit_, "Most records; 100 unless given, one where TOPIC names an offset")->type_name("N");
  app.add_flag("--follow", follow_, "Go on with what comes, without a limit unless one is given");
  app.add_flag("--show-addresses", show_addresses_, "Personal data too; hidden otherwise. Tokens are never shown");
  app.footer(command_footer(examples));
}

ExitCode InspectCommand::run(const config::Sources& sources) {
  auto from = parse_from(from_);
  if (!from) return complain(ExitCode::usage, from.error());
  const auto settings = settings_or_complain(sources, config::Use::client);
  if (!settings) return ExitCode::configuration;
  const auto target = parse_target(target_, settings->kafka.topics);
  if (!target) return complain(ExitCode::usage, target.error());
  if (target->offset) *from = kafka::FromOffset{*target->offset};
  return print(*settings, *target, *from);
}

ExitCode InspectCommand::print(const config::Worker& settings, const InspectTarget& target,
                               const kafka::ReadFrom& from) const {
  kafka::TopicReader reader{settings.kafka, hooks_for(settings)};
  std::vector<std::int32_t> partitions;
  if (target.partition) partitions.push_back(*target.partition);
  const auto opened = reader.open(target.topic, from, std::move(partitions));
  if (!opened) {
    const bool missing = opened.error().kind == kafka::Error::Kind::missing_topic;
    return missing ? complain(ExitCode::not_found, opened.error().detail) : complain(opened.error());
  }
  const auto most = follow_ ? std::numeric_limits<std::uint64_t>::max() : target.offset ? 1 : usual_limit;
  const auto personal_data = show_addresses_ ? wire::PersonalData::shown : wire::PersonalData::hidden;
  const Interruption interruption;
  std::uint64_t left = limit_.value_or(most);
  auto give_up_at = std::chrono::steady_clock::now() + settings.kafka.call_timeout;
  while (left > 0 && !interruption.asked() && (follow_ || !reader.at_end())) {
    const auto record = reader.next(moment);
    if (!record) return complain(record.error());
    const auto now = std::chrono::steady_clock::now();
    if (!*record) {
      if (follow_ || now < give_up_at) continue;
      return complain({kafka::Error::Kind::unreachable, target.topic + " cannot be read to its end"});
    }
    give_up_at = now + settings.kafka.call_timeout;
    std::cout << inspected(target, **record, personal_data) << '\n' << std::flush;
    --left;
  }
  return ExitCode::success;
}

}  // namespace cli
