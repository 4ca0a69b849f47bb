#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include <librdkafka/rdkafka.h>

namespace kafka {

/// One record on its way to librdkafka, which copies it. For .cpp files of this room only.
struct Production {
  const std::string* topic = nullptr;
  std::int32_t partition = RD_KAFKA_PARTITION_UA;  ///< Unassigned: as the key says.
  std::string_view key;
  std::optional<std::string_view> value{};  ///< None: a tombstone.
  std::string_view trace_parent;
  void* opaque = nullptr;
};

rd_kafka_resp_err_t produce(rd_kafka_t* client, const Production& production);

}  // namespace kafka
