#pragma once

#include <chrono>
#include <cstdint>
#include <string>
#include <vector>

#include "kafka/client.hpp"
#include "kafka/error.hpp"
#include "run/time.hpp"

namespace kafka {

/// The broker that was asked does not have the offset. That is no proof that nobody has: it may have led the partition
/// before, follow now, and lag behind. Bounds come from the leader.
bool is_out_of_range(int code);

/// The numbers of a topic's partitions, ascending. Errors: missing_topic where there is none.
Result<std::vector<std::int32_t>> partitions_of(const Client& client, const std::string& topic,
                                                std::chrono::milliseconds longest);

/// Of one partition: the first offset that is there, and the next one to be written.
struct Bounds {
  std::int64_t start = 0;
  std::int64_t end = 0;
};
Result<Bounds> bounds_of(const Client& client, const std::string& topic, std::int32_t partition,
                         std::chrono::milliseconds longest);

/// Offset of the first record appended at or after `time`; the log's end if there is none.
Result<std::int64_t> offset_at(const Client& client, const std::string& topic, std::int32_t partition,
                               run::UtcTime time, std::chrono::milliseconds longest);

}  // namespace kafka
