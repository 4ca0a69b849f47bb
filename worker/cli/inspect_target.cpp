#include "cli/inspect_target.hpp"

#include <array>
#include <charconv>
#include <limits>
#include <string_view>

#include "cli/time_text.hpp"
#include "config/nearest.hpp"

namespace cli {
namespace {

struct Known {
  std::string_view role;
  const std::string& name;
  wire::Topic kind;
};

std::array<Known, 7> known_topics(const kafka::TopicNames& names) {
  return {{{"exports", names.exports, wire::Topic::exports},
           {"control", names.control, wire::Topic::control},
           {"decided", names.decided, wire::Topic::decided},
           {"deliveries", names.deliveries, wire::Topic::deliveries},
           {"credentials", names.credentials, wire::Topic::credentials},
           {"results", names.results, wire::Topic::results},
           {"rejects", names.rejects, wire::Topic::rejects}}};
}

template <class Number>
std::optional<Number> parse_number(std::string_view text) {
  Number number = 0;
  const auto [end, failed] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (failed != std::errc{} || end != text.data() + text.size() || number < 0) return std::nullopt;
  return number;
}

OptionMistakes unknown_topic(const std::string& topic, const kafka::TopicNames& names) {
  std::vector<std::string> candidates;
  std::string roles;
  for (const Known& known : known_topics(names)) {
    candidates.emplace_back(known.role);
    candidates.push_back(known.name);
    roles.append(roles.empty() ? "" : ", ").append(known.role);
  }
  const std::string hint = config::did_you_mean(topic, candidates);
  return {topic + ": no topic of ours" + (hint.empty() ? "; there are " : hint + " There are ") + roles};
}

}  // namespace

boost::system::result<InspectTarget, OptionMistakes> parse_target(const std::string& text,
                                                                  const kafka::TopicNames& names) {
  const auto first = text.find(':');
  const auto second = first == std::string::npos ? first : text.find(':', first + 1);
  const std::string topic = text.substr(0, first);
  InspectTarget target;
  for (const Known& known : known_topics(names)) {
    if (topic != known.role && topic != known.name) continue;
    target.kind = known.kind;
    target.topic = known.name;
  }
  if (target.topic.empty()) return unknown_topic(topic, names);
  if (first == std::string::npos) return target;
  const auto length = second == std::string::npos ? second : second - first - 1;
  target.partition = parse_number<std::int32_t>(std::string_view{text}.substr(first + 1, length));
  if (!target.partition) return OptionMistakes{text + ": the partition is no number; write TOPIC:PARTITION:OFFSET"};
  if (second == std::string::npos) return target;
  target.offset = parse_number<std::int64_t>(std::string_view{text}.substr(second + 1));
  if (!target.offset) return OptionMistakes{text + ": the offset is no number; write TOPIC:PARTITION:OFFSET"};
  return target;
}

boost::system::result<kafka::ReadFrom, OptionMistakes> parse_from(const std::string& text) {
  if (text == "start") return kafka::ReadFrom{kafka::FromStart{}};
  if (text == "end") return kafka::ReadFrom{kafka::FromEnd{}};
  if (const auto offset = parse_number<std::int64_t>(text)) return kafka::ReadFrom{kafka::FromOffset{*offset}};
  if (const auto time = parse_rfc3339(text)) return kafka::ReadFrom{kafka::FromTime{*time}};
  return OptionMistakes{"--from " + text + ": write start, end, an offset or a time as 2026-11-25T02:15:00Z"};
}

}  // namespace cli
