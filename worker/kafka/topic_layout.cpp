#include "kafka/topic_layout.hpp"

#include <algorithm>
#include <string_view>

namespace kafka {
namespace {

using namespace std::chrono_literals;

using Config = std::map<std::string, std::string>;

std::string milliseconds(std::chrono::milliseconds time) { return std::to_string(time.count()); }

Config deleted_after(std::chrono::milliseconds retention) {
  // A limit by size would delete what time still keeps.
  return {{"cleanup.policy", "delete"}, {"retention.ms", milliseconds(retention)}, {"retention.bytes", "-1"}};
}

Config compacted() {
  return {{"cleanup.policy", "compact"},
          {"segment.ms", milliseconds(1h)},
          {"min.cleanable.dirty.ratio", "0.1"},
          {"min.compaction.lag.ms", milliseconds(1h)},
          {"delete.retention.ms", milliseconds(std::chrono::days{7})}};
}

/// Settings of which more is as good.
bool is_enough(std::string_view name, const std::string& found, const std::string& wanted) {
  if (found == wanted) return true;
  const auto number = [](const std::string& text) -> std::optional<double> {
    char* end = nullptr;
    const double value = std::strtod(text.c_str(), &end);
    return end == text.c_str() + text.size() && !text.empty() ? std::optional{value} : std::nullopt;
  };
  const auto has = number(found);
  const auto needs = number(wanted);
  if (!has || !needs) return false;
  if (name == "retention.ms") return *has < 0 || *has >= *needs;
  if (name == "delete.retention.ms" || name == "min.insync.replicas") return *has >= *needs;
  return *has == *needs;
}

std::string alter(const std::string& topic, const std::string& name, const std::string& value) {
  return "kafka-configs --alter --entity-type topics --entity-name " + topic + " --add-config " + name + "=" + value;
}

constexpr const char* create = "segment-export topics create";

TopicDifference another_count(const std::string& topic, std::int64_t found, std::int64_t wanted) {
  return {topic, "partitions", std::to_string(found), std::to_string(wanted),
          "drain, delete the topic, then " + std::string{create} + ", which makes it with that count"};
}

template <class Topic>
const Topic* named(const std::vector<Topic>& topics, const std::string& name) {
  const auto found = std::ranges::find(topics, name, &Topic::name);
  return found == topics.end() ? nullptr : &*found;
}

}  // namespace

std::string TopicDifference::text() const {
  return topic + ": " + what + " is " + found + ", must be " + wanted + "; " + remedy;
}

std::vector<std::string> names_of(const TopicNames& names) {
  return {names.exports,     names.control, names.decided, names.deliveries,
          names.credentials, names.results, names.rejects};
}

std::vector<TopicDescription> wanted_topics(const TopicNames& names, const LayoutPlan& plan, std::size_t brokers) {
  const auto most_replicas = static_cast<std::int16_t>(std::min<std::size_t>(brokers, 3));
  const auto replication = plan.replication.value_or(std::max<std::int16_t>(most_replicas, 1));
  const auto topic = [&](const std::string& name, std::int32_t partitions, Config config) {
    config["message.timestamp.type"] = "LogAppendTime";
    if (replication >= 3) {
      config["min.insync.replicas"] = "2";
      config["unclean.leader.election.enable"] = "false";
    }
    return TopicDescription{name, partitions, replication, std::move(config)};
  };
  const auto days = [](int count) { return std::chrono::milliseconds{std::chrono::days{count}}; };
  return {
      topic(names.exports, plan.partitions, deleted_after(std::max(days(7), plan.least_input_retention))),
      topic(names.control, 1, compacted()),
      topic(names.decided, plan.partitions, deleted_after(std::max(days(10), plan.least_outbox_retention))),
      topic(names.deliveries, plan.partitions, compacted()),
      topic(names.credentials, 1, compacted()),
      topic(names.results, plan.partitions, deleted_after(days(30))),
      topic(names.rejects, plan.partitions, deleted_after(days(30))),
  };
}

std::vector<TopicDifference> differences(const TopicDescription& wanted, const std::optional<TopicDescription>& found) {
  if (!found) return {{wanted.name, "topic", "missing", "there", create, Mender::topics_create}};
  std::vector<TopicDifference> all;
  if (found->partitions != wanted.partitions) {
    all.push_back(another_count(wanted.name, found->partitions, wanted.partitions));
  }
  for (const auto& [name, value] : wanted.config) {
    const auto has = found->config.find(name);
    const std::string now = has == found->config.end() ? "unset" : has->second;
    if (!is_enough(name, now, value)) all.push_back({wanted.name, name, now, value, alter(wanted.name, name, value)});
  }
  return all;
}

bool is_made_anew(const run::TopicLayout& recorded, const TopicDescription& real) {
  return !recorded.topic_id.empty() && !real.id.empty() && recorded.topic_id != real.id;
}

std::vector<TopicDifference> layout_differences(const TopicNames& names, const std::optional<run::Layout>& recorded,
                                                const std::vector<TopicDescription>& real) {
  std::vector<TopicDifference> all;
  for (const std::string& name : names_of(names)) {
    const auto* const wanted = recorded ? named(recorded->topics, name) : nullptr;
    const auto* const found = named(real, name);
    // One line is enough for a topic that is not there: making it writes it down as well.
    if (found == nullptr) {
      all.push_back({name, "topic", "missing", "there", create, Mender::topics_create});
    } else if (wanted == nullptr) {
      all.push_back({name, "layout", "missing", "written down", create, Mender::topics_create});
    } else {
      if (static_cast<std::uint32_t>(found->partitions) != wanted->partitions) {
        all.push_back(another_count(name, found->partitions, wanted->partitions));
      }
      if (is_made_anew(*wanted, *found)) {
        all.push_back({name, "id", found->id, wanted->topic_id,
                       "the topic was made anew: stop the workers, then " + std::string{create},
                       Mender::topics_create});
      }
    }
  }
  return all;
}

}  // namespace kafka
