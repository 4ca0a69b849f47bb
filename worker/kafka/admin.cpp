#include "kafka/admin.hpp"

#include <algorithm>
#include <chrono>
#include <thread>
#include <utility>

#include "kafka/handles.hpp"
#include "kafka/metadata.hpp"

namespace kafka {
namespace {

constexpr auto repeat_pause = std::chrono::milliseconds{200};

using NewTopic = Handle<rd_kafka_NewTopic_t, rd_kafka_NewTopic_destroy>;
using ConfigResource = Handle<rd_kafka_ConfigResource_t, rd_kafka_ConfigResource_destroy>;
using AdminOptions = Handle<rd_kafka_AdminOptions_t, rd_kafka_AdminOptions_destroy>;
#if RD_KAFKA_VERSION >= 0x020300ff
using TopicCollection = Handle<rd_kafka_TopicCollection_t, rd_kafka_TopicCollection_destroy>;
#endif
using Metadata = Handle<const struct rd_kafka_metadata, rd_kafka_metadata_destroy>;

Result<Metadata> cluster(const Client& client, int longest) {
  const struct rd_kafka_metadata* raw = nullptr;
  if (const auto code = rd_kafka_metadata(client.get(), 1, nullptr, &raw, longest)) {
    return error_of(code, "asking the brokers");
  }
  return Metadata{raw};
}

}  // namespace

Admin::Admin(const Settings& settings, Hooks hooks)
    : settings_{settings}, hooks_{std::move(hooks)}, client_{settings_, hooks_, {.role = Role::producer}} {}

Result<std::size_t> Admin::broker_count() {
  const auto found = cluster(client_, longest());
  if (!found) return found.error();
  return static_cast<std::size_t>((*found)->broker_cnt);
}

Result<std::vector<TopicDescription>> Admin::describe(const std::vector<std::string>& names) {
  const auto found = cluster(client_, longest());
  if (!found) return found.error();
  std::vector<TopicDescription> topics;
  for (const auto& name : names) {
    for (int index = 0; index < (*found)->topic_cnt; ++index) {
      const auto& topic = (*found)->topics[index];
      if (name != topic.topic || topic.err != RD_KAFKA_RESP_ERR_NO_ERROR) continue;
      TopicDescription description;
      description.name = name;
      description.partitions = topic.partition_cnt;
      if (topic.partition_cnt > 0) {
        description.replication = static_cast<std::int16_t>(topic.partitions[0].replica_cnt);
      }
      if (const auto added = add_config(description); !added) return added.error();
      topics.push_back(std::move(description));
    }
  }
  if (const auto added = add_ids(topics); !added) return added.error();
  return topics;
}

#if RD_KAFKA_VERSION >= 0x020300ff
Result<void> Admin::add_ids(std::vector<TopicDescription>& topics) {
  if (topics.empty()) return {};
  std::vector<const char*> names;
  for (const auto& topic : topics) names.push_back(topic.name.c_str());
  const TopicCollection collection{rd_kafka_TopicCollection_of_topic_names(names.data(), names.size())};
  const Queue queue{rd_kafka_queue_new(client_.get())};
  const AdminOptions options{rd_kafka_AdminOptions_new(client_.get(), RD_KAFKA_ADMIN_OP_DESCRIBETOPICS)};
  rd_kafka_DescribeTopics(client_.get(), collection.get(), options.get(), queue.get());
  const Event event{rd_kafka_queue_poll(queue.get(), longest())};
  if (!event) return Error{Error::Kind::unreachable, "the brokers do not tell the ids of the topics"};
  if (const auto code = rd_kafka_event_error(event.get())) return error_of(code, "reading the ids of topics");
  std::size_t count = 0;
  const auto* const* results =
      rd_kafka_DescribeTopics_result_topics(rd_kafka_event_DescribeTopics_result(event.get()), &count);
  for (std::size_t index = 0; index < count; ++index) {
    if (rd_kafka_error_code(rd_kafka_TopicDescription_error(results[index])) != RD_KAFKA_RESP_ERR_NO_ERROR) continue;
    const auto* const id = rd_kafka_TopicDescription_topic_id(results[index]);
    // Zero is what older brokers say.
    if (rd_kafka_Uuid_most_significant_bits(id) == 0 && rd_kafka_Uuid_least_significant_bits(id) == 0) continue;
    const auto topic =
        std::ranges::find(topics, rd_kafka_TopicDescription_name(results[index]), &TopicDescription::name);
    if (topic != topics.end()) topic->id = rd_kafka_Uuid_base64str(id);
  }
  return {};
}
#else
Result<void> Admin::add_ids(std::vector<TopicDescription>&) { return {}; }
#endif

Result<void> Admin::add_config(TopicDescription& topic) {
  const ConfigResource resource{rd_kafka_ConfigResource_new(RD_KAFKA_RESOURCE_TOPIC, topic.name.c_str())};
  const Queue queue{rd_kafka_queue_new(client_.get())};
  const AdminOptions options{rd_kafka_AdminOptions_new(client_.get(), RD_KAFKA_ADMIN_OP_DESCRIBECONFIGS)};
  auto* one = resource.get();
  rd_kafka_DescribeConfigs(client_.get(), &one, 1, options.get(), queue.get());
  const Event event{rd_kafka_queue_poll(queue.get(), longest())};
  if (!event) return Error{Error::Kind::unreachable, "the brokers do not tell the settings of " + topic.name};
  if (const auto code = rd_kafka_event_error(event.get())) return error_of(code, "reading the settings of a topic");
  std::size_t count = 0;
  const auto* resources =
      rd_kafka_DescribeConfigs_result_resources(rd_kafka_event_DescribeConfigs_result(event.get()), &count);
  for (std::size_t index = 0; index < count; ++index) {
    if (const auto code = rd_kafka_ConfigResource_error(resources[index])) {
      return error_of(code, "reading the settings of " + topic.name);
    }
    std::size_t entries = 0;
    const auto* const* configs = rd_kafka_ConfigResource_configs(resources[index], &entries);
    for (std::size_t entry = 0; entry < entries; ++entry) {
      const char* value = rd_kafka_ConfigEntry_value(configs[entry]);
      topic.config[rd_kafka_ConfigEntry_name(configs[entry])] = value == nullptr ? "" : value;
    }
  }
  return {};
}

Result<void> Admin::create(const TopicDescription& topic) {
  char text[512];
  const NewTopic wanted{
      rd_kafka_NewTopic_new(topic.name.c_str(), topic.partitions, topic.replication, text, sizeof text)};
  if (!wanted) return Error{Error::Kind::refused, "topic " + topic.name + ": " + text};
  for (const auto& [name, value] : topic.config) {
    rd_kafka_NewTopic_set_config(wanted.get(), name.c_str(), value.c_str());
  }
  const Queue queue{rd_kafka_queue_new(client_.get())};
  const AdminOptions options{rd_kafka_AdminOptions_new(client_.get(), RD_KAFKA_ADMIN_OP_CREATETOPICS)};
  rd_kafka_AdminOptions_set_operation_timeout(options.get(), longest(), text, sizeof text);
  auto* one = wanted.get();
  rd_kafka_CreateTopics(client_.get(), &one, 1, options.get(), queue.get());
  const Event event{rd_kafka_queue_poll(queue.get(), 2 * longest())};
  if (!event) return Error{Error::Kind::unreachable, "no answer about creating " + topic.name};
  if (const auto code = rd_kafka_event_error(event.get())) return error_of(code, "creating " + topic.name);
  std::size_t count = 0;
  const auto* const* results =
      rd_kafka_CreateTopics_result_topics(rd_kafka_event_CreateTopics_result(event.get()), &count);
  for (std::size_t index = 0; index < count; ++index) {
    const auto code = rd_kafka_topic_result_error(results[index]);
    if (code == RD_KAFKA_RESP_ERR_NO_ERROR || code == RD_KAFKA_RESP_ERR_TOPIC_ALREADY_EXISTS) continue;
    auto error = error_of(code, "creating " + topic.name);
    if (const char* why = rd_kafka_topic_result_error_string(results[index])) {
      error.detail.append(" (").append(why).append(")");
    }
    return error;
  }
  return {};
}

Result<std::size_t> Admin::set_first_offsets(const std::string& group, const std::string& topic) {
  auto properties = reader_properties(settings_, settings_.outbox_prefetch_kilobytes);
  properties["group.id"] = group;
  const Client member{settings_, hooks_, {.role = Role::consumer, .properties = std::move(properties)}};
  const auto give_up_at = std::chrono::steady_clock::now() + settings_.call_timeout;
  for (;;) {
    // The coordinator of a group is still being found when somebody asks for it the first time.
    const auto set = set_missing_offsets(member, group, topic);
    const bool passing = !set && set.error().kind == Error::Kind::unreachable;
    if (!passing || std::chrono::steady_clock::now() >= give_up_at) return set;
    std::this_thread::sleep_for(repeat_pause);
  }
}

Result<std::size_t> Admin::set_missing_offsets(const Client& member, const std::string& group,
                                               const std::string& topic) {
  const auto numbers = partitions_of(member, topic, settings_.call_timeout);
  if (!numbers) return numbers.error();
  const auto list = partition_list(static_cast<int>(numbers->size()));
  for (const auto number : *numbers) rd_kafka_topic_partition_list_add(list.get(), topic.c_str(), number);
  const std::string doing = "reading what group " + group + " has committed";
  if (const auto code = rd_kafka_committed(member.get(), list.get(), longest())) return error_of(code, doing);

  const auto missing = partition_list(list->cnt);
  for (int index = 0; index < list->cnt; ++index) {
    const auto& entry = list->elems[index];
    if (entry.err != RD_KAFKA_RESP_ERR_NO_ERROR) return error_of(entry.err, doing);
    if (entry.offset >= 0) continue;
    const auto bounds = bounds_of(member, topic, entry.partition, settings_.call_timeout);
    if (!bounds) return bounds.error();
    rd_kafka_topic_partition_list_add(missing.get(), topic.c_str(), entry.partition)->offset = bounds->start;
  }
  if (missing->cnt == 0) return std::size_t{0};
  if (const auto code = rd_kafka_commit(member.get(), missing.get(), 0)) {
    auto error = error_of(code, "setting the first offsets of group " + group);
    if (code == RD_KAFKA_RESP_ERR_UNKNOWN_MEMBER_ID) error.kind = Error::Kind::group_in_use;
    return error;
  }
  return static_cast<std::size_t>(missing->cnt);
}

}  // namespace kafka
