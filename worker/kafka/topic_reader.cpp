#include "kafka/topic_reader.hpp"

#include <algorithm>
#include <utility>

#include "kafka/handles.hpp"
#include "kafka/metadata.hpp"

namespace kafka {
namespace {

Properties topic_reader_properties(const Settings& settings) {
  auto properties = reader_properties(settings, settings.outbox_prefetch_kilobytes);
  properties["enable.partition.eof"] = "true";
  return properties;
}

}  // namespace

TopicReader::TopicReader(const Settings& settings, Hooks hooks)
    : settings_{settings},
      client_{settings, std::move(hooks), {.role = Role::consumer, .properties = topic_reader_properties(settings)}} {}

Result<std::vector<std::int32_t>> TopicReader::partitions(const std::string& topic) {
  return partitions_of(client_, topic, settings_.call_timeout);
}

Result<TopicReader::Progress> TopicReader::progress_from(std::int32_t partition, const ReadFrom& from) {
  const auto bounds = bounds_of(client_, topic_, partition, settings_.call_timeout);
  if (!bounds) return bounds.error();
  Progress progress{bounds->start, bounds->end};
  if (std::holds_alternative<FromEnd>(from)) progress.next = bounds->end;
  if (const auto* at = std::get_if<FromOffset>(&from)) {
    progress.next = std::clamp(at->offset, bounds->start, bounds->end);
  }
  if (const auto* at = std::get_if<FromTime>(&from)) {
    const auto offset = offset_at(client_, topic_, partition, at->time, settings_.call_timeout);
    if (!offset) return offset.error();
    progress.next = *offset;
  }
  return progress;
}

Result<void> TopicReader::open(const std::string& topic, const ReadFrom& from, std::vector<std::int32_t> partitions) {
  topic_ = topic;
  progress_.clear();
  const auto all = this->partitions(topic);
  if (!all) return all.error();
  if (partitions.empty()) partitions = *all;
  for (const auto partition : partitions) {
    if (std::find(all->begin(), all->end(), partition) == all->end()) {
      return Error{Error::Kind::missing_topic, topic + " has no partition " + std::to_string(partition)};
    }
    const auto progress = progress_from(partition, from);
    if (!progress) return progress.error();
    progress_[partition] = *progress;
  }
  return assign();
}

Result<void> TopicReader::assign() {
  const auto list = partition_list(static_cast<int>(progress_.size()));
  for (const auto& [partition, progress] : progress_) {
    rd_kafka_topic_partition_list_add(list.get(), topic_.c_str(), partition)->offset = progress.next;
  }
  if (const auto code = rd_kafka_assign(client_.get(), list.get())) return error_of(code, "reading " + topic_);
  return {};
}

/// The client reads no further where it was told that an offset is outside of the log.
Result<void> TopicReader::find_again() {
  for (auto& [partition, progress] : progress_) {
    const auto bounds = bounds_of(client_, topic_, partition, settings_.call_timeout);
    if (!bounds) return bounds.error();
    progress.next = std::max(progress.next, bounds->start);
  }
  return assign();
}

Result<std::optional<ReadRecord>> TopicReader::next(std::chrono::milliseconds wait) {
  const auto give_up_at = std::chrono::steady_clock::now() + wait;
  for (;;) {
    const auto left =
        std::max(std::chrono::milliseconds::zero(),
                 std::chrono::ceil<std::chrono::milliseconds>(give_up_at - std::chrono::steady_clock::now()));
    const Message message{rd_kafka_consumer_poll(client_.get(), static_cast<int>(left.count()))};
    if (!message) return std::optional<ReadRecord>{};
    if (message->err == RD_KAFKA_RESP_ERR__PARTITION_EOF) {
      auto& next = progress_[message->partition].next;
      next = std::max(next, message->offset);
      if (at_end()) return std::optional<ReadRecord>{};
      continue;
    }
    if (is_out_of_range(message->err)) {
      if (const auto found = find_again(); !found) return found.error();
      continue;
    }
    if (message->err != RD_KAFKA_RESP_ERR_NO_ERROR) {
      const auto error = error_of(message->err, "reading " + topic_);
      // librdkafka goes on by itself where nobody answers for a while.
      if (error.kind == Error::Kind::unreachable) continue;
      return error;
    }
    auto& progress = progress_[message->partition];
    if (message->offset < progress.next) continue;
    progress.next = message->offset + 1;
    ReadRecord record;
    record.partition = message->partition;
    record.offset = message->offset;
    record.appended_at = time_of(*message);
    record.key = key_of(*message);
    if (const auto value = value_of(*message)) record.value = std::string{*value};
    return record;
  }
}

bool TopicReader::at_end() const {
  return std::all_of(progress_.begin(), progress_.end(),
                     [](const auto& entry) { return entry.second.next >= entry.second.end; });
}

}  // namespace kafka
