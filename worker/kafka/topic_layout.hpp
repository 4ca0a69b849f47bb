#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "kafka/settings.hpp"
#include "run/control.hpp"

namespace kafka {

struct TopicDescription {
  std::string name;
  std::int32_t partitions = 0;
  std::int16_t replication = 0;
  std::map<std::string, std::string> config;  ///< As Kafka writes it.
  std::string id{};  ///< Kafka's own, another one for each topic that is made; empty where nobody can tell.
};

/// What `topics create` is told.
struct LayoutPlan {
  std::int32_t partitions = 12;               ///< Of the topics that spread; journal and outbox always agree.
  std::optional<std::int16_t> replication{};  ///< None: 3, or as many as there are brokers.
  /// Retention below these would lose what may still be needed.
  std::chrono::milliseconds least_input_retention{};   ///< Run limit + deadline + 3 d.
  std::chrono::milliseconds least_outbox_retention{};  ///< Deadline + the vendor's hard deadline + 2 d.
};

enum class Mender : std::uint8_t { person, topics_create };

/// One setting of a topic that is not as it must be.
struct TopicDifference {
  std::string topic;
  std::string what;  ///< `partitions`, the name of a setting, or `topic` or `layout` where it is missing.
  std::string found;
  std::string wanted;
  std::string remedy;
  Mender mender = Mender::person;

  /// A sentence that names all of it.
  std::string text() const;
};

std::vector<std::string> names_of(const TopicNames& names);

/// Every topic of ours, as it should be; in the order of names_of().
std::vector<TopicDescription> wanted_topics(const TopicNames& names, const LayoutPlan& plan, std::size_t brokers);

/// More than what is needed, of retention for instance, is no difference.
std::vector<TopicDifference> differences(const TopicDescription& wanted, const std::optional<TopicDescription>& found);

/// How the topics differ from the layout that `topics create` wrote down: missing, not written down, with another
/// partition count, or made anew.
///
/// Made anew shows in Kafka's id of the topic. Where one of the two ids is unknown (librdkafka before 2.3.0 or brokers
/// before 2.8, here or where the layout was written), a topic that was made anew with the same partitions looks alike.
std::vector<TopicDifference> layout_differences(const TopicNames& names, const std::optional<run::Layout>& recorded,
                                                const std::vector<TopicDescription>& real);

/// Whether both are known and differ.
bool is_made_anew(const run::TopicLayout& recorded, const TopicDescription& real);

}  // namespace kafka
