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

run::TopicLayout next_layout(const kafka::TopicDescription& topic, const run::TopicLayout* past,
                             const kafka::TopicDescription* real) {
  run::TopicLayout layout{topic.name, static_cast<std::uint32_t>(topic.partitions), 1};
  if (past != nullptr) {
    const bool is_another = real == nullptr || kafka::is_made_anew(*past, *real);
    layout.incarnation = past->incarnation + (is_another ? 1 : 0);
    if (!is_another) layout.topic_id = past->topic_id;
  }
  if (real != nullptr && !real->id.empty()) layout.topic_id = real->id;
  return layout;
}

}  // namespace

TopicsPlan plan_topics(const kafka::TopicNames& names, std::vector<kafka::TopicDescription> wanted,
                       const std::vector<kafka::TopicDescription>& found, const std::optional<run::Layout>& recorded) {
  TopicsPlan plan;
  for (kafka::TopicDifference& difference : kafka::layout_differences(names, recorded, found)) {
    const bool is_mended = difference.mender == kafka::Mender::topics_create;
    (is_mended ? plan.mended : plan.differences).push_back(std::move(difference));
  }
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
    plan.layout.topics.push_back(next_layout(topic, past, real));
    if (real == nullptr) {
      plan.missing.push_back(std::move(topic));
      continue;
    }
    plan.adopted.push_back(topic.name);
    if (past != nullptr && kafka::is_made_anew(*past, *real)) plan.renewed.push_back(topic.name);
    if (real->partitions != topic.partitions) plan.counts_fit = false;
    // Where a layout is recorded, comparing with it has named the count already.
    if (past != nullptr) topic.partitions = real->partitions;
    for (kafka::TopicDifference& difference : kafka::differences(topic, *real)) {
      plan.differences.push_back(std::move(difference));
    }
  }
  return plan;
}

std::vector<kafka::TopicDifference> check_topics(const TopicsPlan& plan) {
  auto all = plan.mended;
  all.insert(all.end(), plan.differences.begin(), plan.differences.end());
  return all;
}

run::Layout with_ids(run::Layout layout, const std::vector<kafka::TopicDescription>& made) {
  for (run::TopicLayout& topic : layout.topics) {
    const auto* const real = named(made, topic.name);
    if (real != nullptr && !real->id.empty()) topic.topic_id = real->id;
  }
  return layout;
}

}  // namespace cli
