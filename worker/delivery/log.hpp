#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include <boost/asio/awaitable.hpp>

#include "delivery/error.hpp"
#include "run/ids.hpp"
#include "run/time.hpp"

// What delivery asks of Kafka. Real: the room kafka. Simulation and stage tests: an in-memory log.
// Threads: the delivery loop only; completions arrive there. Cancelling: operation_aborted everywhere.

namespace delivery {

struct LogRecord {
  std::int64_t offset = -1;
  run::UtcTime appended_at{};
  std::string key;
  std::optional<std::string> value{};  ///< None: a tombstone.
  std::int32_t partition = 0;
};

/// A record to be written; a value of none is a tombstone.
struct Outgoing {
  enum class To : std::uint8_t { journal, results, rejects, credentials };
  To to = To::journal;
  std::string key;
  std::optional<std::string> value{};
  std::string trace_parent;
};

struct GroupAssigned {
  std::vector<std::int32_t> partitions;  ///< The whole assignment (eager rebalancing).
};
struct GroupRevoked {
  std::vector<std::int32_t> partitions;
  bool lost = false;  ///< The group has already given them to others.
};
using GroupEvent = std::variant<GroupAssigned, GroupRevoked>;

enum class CommitAnswer : std::uint8_t {
  done,
  stale,   ///< ILLEGAL_GENERATION, UNKNOWN_MEMBER_ID, FENCED_INSTANCE_ID: the assignment is over.
  failed,  ///< Anything else: may be repeated.
};

/// The consumer group over `decided-contacts`: says who should own a partition.
class Group {
 public:
  virtual ~Group() = default;

  virtual boost::asio::awaitable<GroupEvent> next() = 0;
  /// The last event of next() has been dealt with; only now does the group go on.
  virtual void accept() = 0;

  /// Next outbox offset to be read as the group holds it. Value none: never committed. Error: ask again.
  virtual boost::asio::awaitable<Result<std::optional<std::int64_t>>> committed(std::int32_t partition) = 0;
  virtual boost::asio::awaitable<CommitAnswer> commit(std::int32_t partition, std::int64_t offset) = 0;
};

struct LogBounds {
  std::int64_t start = 0;
  std::int64_t end = 0;
};

/// One reader of an outbox partition, in order, read committed.
class LogCursor {
 public:
  virtual ~LogCursor() = default;

  /// Waits for the next record.
  virtual boost::asio::awaitable<Result<LogRecord>> next() = 0;
};

/// `decided-contacts`.
class Outbox {
 public:
  virtual ~Outbox() = default;

  virtual boost::asio::awaitable<Result<LogBounds>> bounds(std::int32_t partition) = 0;
  virtual std::unique_ptr<LogCursor> follow(std::int32_t partition, std::int64_t from) = 0;
  /// One record by its offset; neighbours asked for in order are read in one pass.
  virtual boost::asio::awaitable<Result<LogRecord>> fetch(std::int32_t partition, std::int64_t offset) = 0;

  /// In which partition the application's records lie. None: not known (yet); its questions are not answered.
  virtual std::optional<std::int32_t> partition_of(const run::ApplicationId& /*application*/) const {
    return std::nullopt;
  }
};

struct Committed {
  std::optional<run::UtcTime> appended_at{};  ///< LogAppendTime of the transaction's journal records, if it had any.
};

/// The transactional producer of one claim: all of a step or nothing of it, and nothing once fenced.
///
/// Destroying it closes the producer. At most one commit at a time.
class Transactor {
 public:
  virtual ~Transactor() = default;

  /// Error with NextStep::stop once fenced, or when the outcome is unknown at the deadline: the claim is over.
  virtual boost::asio::awaitable<Result<Committed>> commit(std::vector<Outgoing> records) = 0;
};

/// `export-deliveries`.
class JournalLog {
 public:
  virtual ~JournalLog() = default;

  /// A new transactional producer for the partition; fences every older one and aborts what it left open.
  virtual boost::asio::awaitable<Result<std::unique_ptr<Transactor>>> claim(std::int32_t partition) = 0;
  /// All records of the partition up to its end as it is now, read committed, in order.
  virtual boost::asio::awaitable<Result<std::vector<LogRecord>>> read_all(std::int32_t partition) = 0;
};

/// A compacted topic that is followed all the time: `export-control`, `export-credentials`.
class TableFeed {
 public:
  virtual ~TableFeed() = default;

  /// The next change of any partition; waits for one.
  virtual boost::asio::awaitable<LogRecord> next() = 0;
  /// Ends when everything that the topic held at the call has been handed out by next().
  virtual boost::asio::awaitable<Result<void>> caught_up() = 0;
};

/// Writes outside of any transaction: a token that was obtained is stored even by an owner that was fenced meanwhile.
class PlainWriter {
 public:
  virtual ~PlainWriter() = default;

  /// Ends when the brokers acknowledged the record.
  virtual boost::asio::awaitable<Result<void>> write(Outgoing record) = 0;
};

}  // namespace delivery
