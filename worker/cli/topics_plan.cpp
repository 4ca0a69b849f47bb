#include "cli/topics_plan.hpp"

#include <algorithm>
#include <utility>

namespace cli {
namespace {

template <class Topic>
const Topic* named(const std::vector<Topic>& topics, const std::string& name) {
  const auto found = std::ranges::find(topics, name, &Topic::name);
  return found == topics.end() ? nullptr : &*found;
}

std::optional<std::int32_t> known_partitions(const std::string& name, const std::vector<kafka::TopicDescription>& found,
                                             const std::optional<run::Layout>& recorded) {
  if (const auto* real = named(found, name)) return real->partitions;
  const auto* past = recorded ? named(recorded->topics, name) : nullptr;
  if (past == nullptr) return std::nullopt;
  return static_cast<std::int32_t>(past->partitions);
}

/// The journal's partitions are those of the outbox, whichever of the two is known.
void agree(const kafka::TopicNames& names, std::vector<kafka::TopicDescription>& wanted,
           const std::vector<kafka::TopicDescription>& found, const std::optional<run::Layout>& recorded) {
  auto count = known_partitions(names.decided, found, recorded);
  if (!count) count = known_partitions(names.deliveries, found, recorded);
  if (!count) return;
  for (kafka::TopicDescription& topic : wanted) {
    if (topic.name == names.decided || topic.name == names.deliveries) topic.partitions = *count;
  }
}

}  // namespace

TopicsPlan plan_topics(const kafka::TopicNames& names, std::vector<kafka::TopicDescription> wanted,
                       const std::vector<kafka::TopicDescription>& found, const std::optional<run::Layout>& recorded) {
  TopicsPlan plan;
  agree(names, wanted, found, recorded);
  for (kafka::TopicDescription& topic : wanted) {
    const bool paired = topic.name == names.decided || topic.name == names.deliveries;
    const auto* past = recorded ? named(recorded->topics, topic.name) : nullptr;
    const auto* real = named(found, topic.name);
    if (past != nullptr && real != nullptr) {
      topic.partitions = static_cast<std::int32_t>(past->partitions);
    } else if (!paired) {
      topic.partitions = known_partitions(topic.name, found, recorded).value_or(topic.partitions);
    }
    const std::uint32_t incarnation = past != nullptr ? past->incarnation : 1;
    plan.layout.topics.push_back({topic.name, static_cast<std::uint32_t>(topic.partitions), incarnation});
    if (real == nullptr) {
      plan.missing.push_back(std::move(topic));
      continue;
    }
    plan.adopted.push_back(topic.name);
    if (real->partitions != topic.partitions) plan.counts_fit = false;
    for (kafka::TopicDifference& difference : kafka::differences(topic, *real)) {
      plan.differences.push_back(std::move(difference));
    }
  }
  return plan;
}

std::vector<kafka::TopicDifference> check_topics(const kafka::TopicNames& names, const TopicsPlan& plan,
                                                 const std::optional<run::Layout>& recorded) {
  std::vector<kafka::TopicDifference> all;
  for (const kafka::TopicDescription& topic : plan.missing) {
    for (kafka::TopicDifference& missing : kafka::differences(topic, std::nullopt)) all.push_back(std::move(missing));
  }
  for (const run::TopicLayout& topic : plan.layout.topics) {
    if (recorded && named(recorded->topics, topic.name) != nullptr) continue;
    const bool there = std::ranges::find(plan.adopted, topic.name) != plan.adopted.end();
    // One line a topic is enough: making it writes it down as well.
    if (!there) continue;
    all.push_back({names.control, "layout of " + topic.name, "missing",
                   std::to_string(topic.partitions) + " partitions", "segment-export topics create"});
  }
  all.insert(all.end(), plan.differences.begin(), plan.differences.end());
  return all;
}

}  // namespace cli
