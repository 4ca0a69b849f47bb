#pragma once

#include <algorithm>
#include <cstdint>
#include <deque>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "intake/input_source.hpp"

namespace support {

struct InputLogRecord {
  std::int64_t offset = 0;
  run::UtcTime at{};
  std::string key;
  std::string payload;
  std::string trace_parent;
};

/// One partition of the input topic with its committed offset, as it outlives any reader.
struct InputLog {
  std::deque<InputLogRecord> records;
  std::int64_t start = 0;
  std::int64_t end = 0;
  std::optional<std::int64_t> committed = 0;
  std::string metadata;

  std::int64_t append(run::UtcTime at, std::string key, std::string payload, std::string trace_parent = {}) {
    records.push_back({end, at, std::move(key), std::move(payload), std::move(trace_parent)});
    return end++;
  }
  /// An offset without a record, as a transaction marker is.
  void skip() { ++end; }

  std::deque<InputLogRecord>::const_iterator at_or_after(std::int64_t offset) const {
    return std::ranges::lower_bound(records, offset, {}, &InputLogRecord::offset);
  }
};

/// A consumer over logs in memory; the test says what the group does.
class IntakeLogSource : public intake::InputSource {
 public:
  explicit IntakeLogSource(std::map<std::int32_t, InputLog>& logs) : logs_{logs} {}

  void assign_all() {
    intake::Assigned assigned;
    for (const auto& [partition, log] : logs_) {
      assigned.partitions.push_back({partition, log.committed, log.metadata, log.start, log.end});
    }
    events.push_back(std::move(assigned));
  }
  void revoke_all(bool lost = false) {
    intake::Revoked revoked{.partitions = {}, .lost = lost};
    for (const auto& [partition, log] : logs_) revoked.partitions.push_back(partition);
    events.push_back(std::move(revoked));
  }

  intake::SourceEvent poll(std::chrono::milliseconds /*wait*/) override {
    if (events.empty()) return std::monostate{};
    auto event = std::move(events.front());
    events.pop_front();
    return event;
  }
  void start(const std::vector<Start>& at) override {
    starts = at;
    positions_.clear();
    for (const Start& one : at) positions_[one.partition] = one.offset;
  }
  void release() override {
    positions_.clear();
    ++releases;
  }
  std::optional<intake::InputRecord> read(std::int32_t partition) override {
    const InputLog& log = logs_.at(partition);
    auto& position = positions_.at(partition);
    const auto next = log.at_or_after(position);
    if (next == log.records.end() || records_left == 0) return std::nullopt;
    --records_left;
    position = next->offset + 1;
    ++reads[partition];
    return intake::InputRecord{next->offset, next->at, next->key, next->payload, next->trace_parent};
  }
  std::int64_t position(std::int32_t partition) override {
    const InputLog& log = logs_.at(partition);
    const auto position = positions_.at(partition);
    return log.at_or_after(position) == log.records.end() ? std::max(position, log.end) : position;
  }
  std::optional<std::int64_t> offset_at(std::int32_t partition, run::UtcTime time) override {
    if (!answers) return std::nullopt;
    const InputLog& log = logs_.at(partition);
    const auto found = std::ranges::find_if(log.records, [time](const auto& record) { return record.at >= time; });
    return found == log.records.end() ? log.end : found->offset;
  }
  std::optional<run::UtcTime> time_at(std::int32_t partition, std::int64_t offset) override {
    const InputLog& log = logs_.at(partition);
    const auto found = log.at_or_after(offset);
    if (!answers || found == log.records.end()) return std::nullopt;
    return found->at;
  }
  void commit(std::int32_t partition, std::int64_t offset, const std::string& metadata) override {
    commits_under_way_[partition] = {offset, metadata};
    if (stores_commits_at_once) finish_commits({});
  }
  void finish_commits(std::chrono::milliseconds /*wait*/) override {
    for (auto& [partition, commit] : commits_under_way_) {
      logs_.at(partition).committed = commit.first;
      logs_.at(partition).metadata = commit.second;
    }
    commits_under_way_.clear();
  }

  std::deque<intake::SourceEvent> events;
  std::vector<Start> starts;
  std::map<std::int32_t, std::size_t> reads;
  std::size_t records_left = static_cast<std::size_t>(-1);  ///< After so many more, nothing has arrived.
  int releases = 0;
  bool answers = true;  ///< To questions about times and offsets.
  bool stores_commits_at_once = true;

 private:
  std::map<std::int32_t, InputLog>& logs_;
  std::map<std::int32_t, std::int64_t> positions_;
  std::map<std::int32_t, std::pair<std::int64_t, std::string>> commits_under_way_;
};

}  // namespace support
