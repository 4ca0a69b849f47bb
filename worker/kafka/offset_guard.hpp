#pragma once

#include <cstdint>
#include <string_view>

namespace kafka {

/// Keeps a partition's records in order and without repeats, whatever the client hands out. Gaps are normal: compacted
/// records, aborted ones, the markers of transactions.
class OffsetGuard {
 public:
  /// For the log, which counts: the client should not do it.
  static constexpr std::string_view repeated = "a record came again and was dropped";

  explicit OffsetGuard(std::int64_t expected) : expected_{expected} {}

  /// False: it was handed out before.
  bool admit(std::int64_t offset) {
    if (offset < expected_) return false;
    expected_ = offset + 1;
    return true;
  }

  /// Nothing of ours lies below `offset`.
  void skip_to(std::int64_t offset) {
    if (offset > expected_) expected_ = offset;
  }

  std::int64_t expected() const { return expected_; }

 private:
  std::int64_t expected_;
};

}  // namespace kafka
