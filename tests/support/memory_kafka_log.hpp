#pragma once

#include <cstdint>
#include <deque>
#include <map>
#include <optional>
#include <set>
#include <string>

#include "async/clock.hpp"
#include "support/virtual_clock.hpp"

namespace support {

/// What a producer hands over; a value of none is a tombstone.
struct MemoryRecord {
  std::string key;
  std::optional<std::string> value{};
  std::string trace_parent;
};

/// A record as a broker keeps it.
struct StoredRecord {
  std::int64_t offset = -1;
  async::UtcTime appended_at{};  ///< LogAppendTime.
  MemoryRecord record;
};

/// Names one transaction of one producer; 0 is none.
using TransactionNumber = std::uint64_t;

/// One partition: records at ascending offsets, with the gaps that transaction markers make.
///
/// References to records stay valid until retention cuts them off.
class MemoryLog {
 public:
  /// `topic_grown` is rung with grown().
  MemoryLog(VirtualTime& time, Bell& topic_grown)
      : time_{time}, topic_grown_{topic_grown}, grown_{time.loop().get_executor()} {}

  const StoredRecord& append(MemoryRecord record, TransactionNumber transaction = 0);
  enum class Ending : std::uint8_t { commit, abort };
  /// Writes the marker that ends the transaction in this partition.
  void end(TransactionNumber transaction, Ending ending);

  std::int64_t start() const { return start_; }
  std::int64_t end() const { return start_ + static_cast<std::int64_t>(entries_.size()); }
  /// Where reading committed ends: before the first record of the oldest open transaction.
  std::int64_t stable_end() const;

  /// The first record at or after `from` and below `limit` that a read_committed consumer sees.
  const StoredRecord* next(std::int64_t from, std::int64_t limit) const;
  const StoredRecord* next(std::int64_t from) const { return next(from, stable_end()); }
  /// Offset of the first record that was appended at or after `time`; the end if there is none.
  std::int64_t offset_at(async::UtcTime time) const;

  /// What compaction does: of each key only the newest committed record stays, at its offset. True: one went.
  bool compact();
  /// What retention does.
  void cut_before(std::int64_t offset);

  /// Rung when stable_end() may have moved.
  Bell& grown() { return grown_; }

 private:
  struct Entry {
    StoredRecord stored;
    TransactionNumber transaction = 0;
    bool marker = false;  ///< Holds nothing for a reader: ends a transaction, or was compacted away.
  };

  void tell_growth() {
    grown_.ring();
    topic_grown_.ring();
  }

  VirtualTime& time_;
  Bell& topic_grown_;
  std::deque<Entry> entries_;
  std::int64_t start_ = 0;
  std::map<TransactionNumber, std::int64_t> open_;  ///< With the offset of the first record.
  std::set<TransactionNumber> aborted_;
  Bell grown_;
};

}  // namespace support
