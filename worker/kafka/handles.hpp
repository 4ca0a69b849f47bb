#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include <librdkafka/rdkafka.h>

#include "run/time.hpp"

// Owners of what librdkafka hands out; one leaked list makes its destroy call wait for ever. For .cpp files of this
// room only.

namespace kafka {

template <auto destroy>
struct Destroy {
  template <class T>
  void operator()(T* owned) const {
    destroy(owned);
  }
};
template <class T, auto destroy>
using Handle = std::unique_ptr<T, Destroy<destroy>>;

using PartitionList = Handle<rd_kafka_topic_partition_list_t, rd_kafka_topic_partition_list_destroy>;
using Message = Handle<rd_kafka_message_t, rd_kafka_message_destroy>;
using Event = Handle<rd_kafka_event_t, rd_kafka_event_destroy>;
using Queue = Handle<rd_kafka_queue_t, rd_kafka_queue_destroy>;
using ErrorHandle = Handle<rd_kafka_error_t, rd_kafka_error_destroy>;

inline PartitionList partition_list(int size = 1) { return PartitionList{rd_kafka_topic_partition_list_new(size)}; }

inline std::string_view key_of(const rd_kafka_message_t& message) {
  return {static_cast<const char*>(message.key), message.key_len};
}

/// None: a tombstone.
inline std::optional<std::string_view> value_of(const rd_kafka_message_t& message) {
  if (message.payload == nullptr) return std::nullopt;
  return std::string_view{static_cast<const char*>(message.payload), message.len};
}

inline run::UtcTime time_of(const rd_kafka_message_t& message) {
  rd_kafka_timestamp_type_t type{};
  return run::UtcTime{std::chrono::milliseconds{rd_kafka_message_timestamp(&message, &type)}};
}

/// Empty without one; valid as long as the message.
inline std::string_view header_of(const rd_kafka_message_t& message, const char* name) {
  rd_kafka_headers_t* headers = nullptr;
  const void* value = nullptr;
  std::size_t size = 0;
  if (rd_kafka_message_headers(&message, &headers) != RD_KAFKA_RESP_ERR_NO_ERROR) return {};
  if (rd_kafka_header_get_last(headers, name, &value, &size) != RD_KAFKA_RESP_ERR_NO_ERROR) return {};
  return {static_cast<const char*>(value), size};
}

inline constexpr const char* trace_parent_header = "traceparent";

}  // namespace kafka
