#include <algorithm>

#include "intake/partition.hpp"

namespace intake {

void Partition::write_due_ranges(async::BootTime now) {
  if (now < earliest_due_) return;
  now_ = now;
  earliest_due_ = async::BootTime::max();
  for (const auto& [job, run] : by_job_) {
    if (!run->chain.is_open()) continue;
    if (now < run->chain.due()) {
      earliest_due_ = std::min(earliest_due_, run->chain.due());
    } else {
      write_range(*run);
    }
  }
}

void Partition::write_largest_range(async::BootTime now) {
  now_ = now;
  OpenRun* largest = nullptr;
  for (const auto& [job, run] : by_job_) {
    if (largest == nullptr || run->counted_bytes > largest->counted_bytes) largest = run.get();
  }
  if (largest != nullptr && largest->chain.is_open()) write_range(*largest);
}

void Partition::write_all_ranges(async::BootTime now) {
  now_ = now;
  for (const auto& [job, run] : by_job_) {
    if (run->chain.is_open()) write_range(*run);
  }
}

std::optional<Partition::CommitPoint> Partition::commit_point(std::int64_t lowest_pin) const {
  if (is_replaying()) return std::nullopt;
  std::int64_t offset = std::min(next_offset_, lowest_pin);
  for (const Emission& emission : emissions_) offset = std::min(offset, emission.pin);
  for (const auto& [job, run] : by_job_) {
    if (run->chain.is_open()) offset = std::min(offset, run->chain.first().offset);
  }
  const std::int64_t oldest_open = by_job_.empty() ? offset : by_job_.begin()->first;
  return CommitPoint{.offset = offset, .notes = history_.notes_at(offset, oldest_open)};
}

void Partition::committed(const CommitPoint& point) { history_.forget_before(point.offset, point.notes); }

std::size_t Partition::dedupe_bytes() const {
  std::size_t bytes = 0;
  for (const auto& [job, run] : by_job_) bytes += run->decider.memory_bytes();
  return bytes;
}

}  // namespace intake
