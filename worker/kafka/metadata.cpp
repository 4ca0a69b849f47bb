#include "kafka/metadata.hpp"

#include <algorithm>

#include "kafka/handles.hpp"

namespace kafka {
namespace {

using Topic = Handle<rd_kafka_topic_t, rd_kafka_topic_destroy>;
using Metadata = Handle<const struct rd_kafka_metadata, rd_kafka_metadata_destroy>;

}  // namespace

bool is_out_of_range(int code) {
  return code == RD_KAFKA_RESP_ERR__AUTO_OFFSET_RESET || code == RD_KAFKA_RESP_ERR_OFFSET_OUT_OF_RANGE;
}

Result<std::vector<std::int32_t>> partitions_of(const Client& client, const std::string& topic,
                                                std::chrono::milliseconds longest) {
  const Topic handle{rd_kafka_topic_new(client.get(), topic.c_str(), nullptr)};
  const struct rd_kafka_metadata* raw = nullptr;
  const auto code = rd_kafka_metadata(client.get(), 0, handle.get(), &raw, static_cast<int>(longest.count()));
  if (code != RD_KAFKA_RESP_ERR_NO_ERROR) return error_of(code, "looking at " + topic);
  const Metadata metadata{raw};
  if (metadata->topic_cnt != 1 || metadata->topics[0].err != RD_KAFKA_RESP_ERR_NO_ERROR) {
    const auto why = metadata->topic_cnt == 1 ? metadata->topics[0].err : RD_KAFKA_RESP_ERR__UNKNOWN_TOPIC;
    return error_of(why, "looking at " + topic);
  }
  std::vector<std::int32_t> numbers;
  for (int index = 0; index < metadata->topics[0].partition_cnt; ++index) {
    numbers.push_back(metadata->topics[0].partitions[index].id);
  }
  std::sort(numbers.begin(), numbers.end());
  return numbers;
}

Result<Bounds> bounds_of(const Client& client, const std::string& topic, std::int32_t partition,
                         std::chrono::milliseconds longest) {
  Bounds bounds;
  const auto code = rd_kafka_query_watermark_offsets(client.get(), topic.c_str(), partition, &bounds.start, &bounds.end,
                                                     static_cast<int>(longest.count()));
  if (code != RD_KAFKA_RESP_ERR_NO_ERROR) return error_of(code, "reading the bounds of " + topic);
  return bounds;
}

Result<std::int64_t> offset_at(const Client& client, const std::string& topic, std::int32_t partition,
                               run::UtcTime time, std::chrono::milliseconds longest) {
  const auto list = partition_list();
  auto* entry = rd_kafka_topic_partition_list_add(list.get(), topic.c_str(), partition);
  entry->offset = time.time_since_epoch().count();
  auto code = rd_kafka_offsets_for_times(client.get(), list.get(), static_cast<int>(longest.count()));
  if (code == RD_KAFKA_RESP_ERR_NO_ERROR) code = entry->err;
  if (code != RD_KAFKA_RESP_ERR_NO_ERROR) return error_of(code, "looking for a time in " + topic);
  if (entry->offset >= 0) return std::int64_t{entry->offset};
  const auto bounds = bounds_of(client, topic, partition, longest);
  if (!bounds) return bounds.error();
  return bounds->end;
}

}  // namespace kafka
