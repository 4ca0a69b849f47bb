#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "kafka/settings.hpp"

namespace kafka {

struct TopicDescription {
  std::string name;
  std::int32_t partitions = 0;
  std::int16_t replication = 0;
  std::map<std::string, std::string> config;  ///< As Kafka writes it.
};

/// What `topics create` is told.
struct LayoutPlan {
  std::int32_t partitions = 12;               ///< Of the topics that spread; journal and outbox always agree.
  std::optional<std::int16_t> replication{};  ///< None: 3, or as many as there are brokers.
  /// Retention below these would lose what may still be needed.
  std::chrono::milliseconds least_input_retention{};   ///< Run limit + deadline + 3 d.
  std::chrono::milliseconds least_outbox_retention{};  ///< Deadline + the vendor's hard deadline + 2 d.
};

/// One setting of a topic that is not as it must be.
struct TopicDifference {
  std::string topic;
  std::string what;  ///< `partitions`, the name of a setting, or `topic` where it is missing.
  std::string found;
  std::string wanted;
  std::string remedy;

  /// A sentence that names all of it.
  std::string text() const;
};

/// Every topic of ours, as it should be.
std::vector<TopicDescription> wanted_topics(const TopicNames& names, const LayoutPlan& plan, std::size_t brokers);

/// More than what is needed, of retention for instance, is no difference.
std::vector<TopicDifference> differences(const TopicDescription& wanted, const std::optional<TopicDescription>& found);

}  // namespace kafka
