#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "run/time.hpp"

namespace intake {

/// One record of the input topic; the views are valid until the next read of its partition.
struct InputRecord {
  std::int64_t offset = 0;
  run::UtcTime appended_at{};  ///< LogAppendTime.
  std::string_view key;
  std::string_view payload;
  std::string_view trace_parent;  ///< Header `traceparent`, empty without one.
};

struct AssignedPartition {
  std::int32_t partition = 0;
  std::optional<std::int64_t> committed{};  ///< Next offset to read; none: the group never committed one.
  std::string metadata;                     ///< Of the commit.
  std::int64_t log_start = 0;
  std::int64_t log_end = 0;
};
struct Assigned {
  std::vector<AssignedPartition> partitions;  ///< The whole assignment (eager rebalancing).
};
struct Revoked {
  std::vector<std::int32_t> partitions;
  bool lost = false;  ///< Commits for them would be refused.
};
/// Intake cannot go on; the process is to be left with this message.
struct SourceFailed {
  std::string detail;
};
using SourceEvent = std::variant<std::monostate, Assigned, Revoked, SourceFailed>;

/// What intake asks of its consumer.
///
/// Real: kafka::InputConsumer. Fake: tests/support. Simulation: an in-memory log. Threads: the intake loop only.
/// A partition that is not read costs nothing: there is no pause.
class InputSource {
 public:
  virtual ~InputSource() = default;

  /// Rebalances and errors, or nothing after `wait`. Returns at once when any partition has a record to read.
  virtual SourceEvent poll(std::chrono::milliseconds wait) = 0;

  struct Start {
    std::int32_t partition = 0;
    std::int64_t offset = 0;
  };
  /// Answers an Assigned: reading starts at these offsets.
  virtual void start(const std::vector<Start>& starts) = 0;
  /// Answers a Revoked, after the last commits for it.
  virtual void release() = 0;

  /// The next record of a partition, in order and without repeats; none if none has arrived yet.
  virtual std::optional<InputRecord> read(std::int32_t partition) = 0;

  /// Where reading stands: the offset after the last record or gap (compacted records, control records) passed.
  virtual std::int64_t position(std::int32_t partition) = 0;

  /// First offset whose record was appended at or after `time`; the log's end if there is none.
  virtual std::optional<std::int64_t> offset_at(std::int32_t partition, run::UtcTime time) = 0;
  /// LogAppendTime of the record at `offset`, or of the next one after it; none if there is none or no answer came.
  virtual std::optional<run::UtcTime> time_at(std::int32_t partition, std::int64_t offset) = 0;

  /// Starts a commit; a newer one replaces it. Failures are repeated by the source, for as long as it holds the
  /// partition.
  virtual void commit(std::int32_t partition, std::int64_t offset, const std::string& metadata) = 0;
  /// Waits for the commits that were started, at most `wait`; for the end of an assignment.
  virtual void finish_commits(std::chrono::milliseconds wait) = 0;
};

}  // namespace intake
