#pragma once

#include <chrono>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "kafka/client.hpp"
#include "kafka/error.hpp"
#include "kafka/settings.hpp"
#include "run/time.hpp"

namespace kafka {

struct FromStart {};
struct FromEnd {};
struct FromOffset {
  std::int64_t offset = 0;
};
/// The first record appended at or after this time.
struct FromTime {
  run::UtcTime time{};
};
using ReadFrom = std::variant<FromStart, FromEnd, FromOffset, FromTime>;

struct ReadRecord {
  std::int32_t partition = 0;
  std::int64_t offset = -1;
  run::UtcTime appended_at{};
  std::string key;
  std::optional<std::string> value{};  ///< None: a tombstone.
};

/// Reads a topic without a group and without a loop, read committed.
///
/// Threads: one. Order exists within a partition only. Errors: the constructor throws std::runtime_error as Client
/// does.
class TopicReader {
 public:
  TopicReader(const Settings& settings, Hooks hooks);

  Result<std::vector<std::int32_t>> partitions(const std::string& topic);

  /// Starts to read; without `partitions` all of them. An offset outside of the log is moved to its nearest end.
  Result<void> open(const std::string& topic, const ReadFrom& from, std::vector<std::int32_t> partitions = {});

  /// The next record; none if there was none within `wait`, or at once when at_end() has become true.
  Result<std::optional<ReadRecord>> next(std::chrono::milliseconds wait);

  /// All that the topic held at open() was handed out.
  bool at_end() const;

 private:
  struct Progress {
    std::int64_t next = 0;
    std::int64_t end = 0;
  };
  Result<Progress> progress_from(std::int32_t partition, const ReadFrom& from);
  Result<void> assign();
  Result<void> find_again();

  Settings settings_;
  Client client_;
  std::string topic_;
  std::map<std::int32_t, Progress> progress_;
};

}  // namespace kafka
