#pragma once

#include <cstdint>

namespace kafka {

/// Keeps a partition's records in order and without repeats, whatever the client hands out. Gaps are normal: compacted
/// records, aborted ones, the markers of transactions.
class OffsetGuard {
 public:
  explicit OffsetGuard(std::int64_t expected) : expected_{expected} {}

  /// False: it was handed out before.
  bool admit(std::int64_t offset) {
    if (offset < expected_) {
      ++repeats_;
      return false;
    }
    expected_ = offset + 1;
    return true;
  }

  /// Nothing of ours lies below `offset`.
  void skip_to(std::int64_t offset) {
    if (offset > expected_) expected_ = offset;
  }

  std::int64_t expected() const { return expected_; }
  std::uint64_t repeats() const { return repeats_; }

 private:
  std::int64_t expected_;
  std::uint64_t repeats_ = 0;
};

}  // namespace kafka
