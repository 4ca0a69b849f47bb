#include "support/memory_kafka_log.hpp"

#include <algorithm>
#include <string_view>
#include <utility>

namespace support {

const StoredRecord& MemoryLog::append(MemoryRecord record, TransactionNumber transaction) {
  if (transaction != 0) open_.try_emplace(transaction, end());
  const StoredRecord stored{end(), time_.now(), std::move(record)};
  entries_.push_back({stored, transaction, false});
  tell_growth();
  return entries_.back().stored;
}

void MemoryLog::end(TransactionNumber transaction, Ending ending) {
  if (open_.erase(transaction) == 0) return;
  if (ending == Ending::abort) aborted_.insert(transaction);
  const StoredRecord marker{end(), time_.now(), {}};
  entries_.push_back({marker, transaction, true});
  tell_growth();
}

std::int64_t MemoryLog::stable_end() const {
  auto stable = end();
  for (const auto& [transaction, first] : open_) stable = std::min(stable, first);
  return stable;
}

const StoredRecord* MemoryLog::next(std::int64_t from, std::int64_t limit) const {
  for (auto offset = std::max(from, start_); offset < limit; ++offset) {
    const auto& entry = entries_[static_cast<std::size_t>(offset - start_)];
    if (!entry.marker && !aborted_.contains(entry.transaction)) return &entry.stored;
  }
  return nullptr;
}

std::int64_t MemoryLog::offset_at(async::UtcTime time) const {
  const auto found = std::partition_point(entries_.begin(), entries_.end(),
                                          [&](const Entry& entry) { return entry.stored.appended_at < time; });
  return start_ + (found - entries_.begin());
}

bool MemoryLog::compact() {
  std::set<std::string_view> newer;
  bool any = false;
  for (auto offset = stable_end() - 1; offset >= start_; --offset) {
    auto& entry = entries_[static_cast<std::size_t>(offset - start_)];
    if (entry.marker || aborted_.contains(entry.transaction)) continue;
    if (newer.insert(entry.stored.record.key).second) continue;
    entry.marker = true;
    entry.stored.record = {};
    any = true;
  }
  return any;
}

void MemoryLog::cut_before(std::int64_t offset) {
  while (start_ < offset && !entries_.empty()) {
    entries_.pop_front();
    ++start_;
  }
}

}  // namespace support
