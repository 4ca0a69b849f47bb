#pragma once

#include <chrono>
#include <cstddef>
#include <optional>
#include <string>

#include "async/clock.hpp"
#include "intake/settings.hpp"
#include "run/decided.hpp"
#include "wire/decided.hpp"

namespace intake {

/// The ranges of one run as links of a chain: each names the position before its first.
///
/// Where a range is cut is nobody's decision: full, old, early for the sake of memory. What is in it is.
class RangeChain {
 public:
  RangeChain(const Settings& settings, run::RunInstance instance, std::string rule_set);

  /// A position that an earlier life wrote.
  void advance(run::Position position) { last_ = position; }

  /// Whether the open range must be written before something so large is added.
  bool is_full_for(std::size_t bytes) const;

  void add_row(run::Position position, const contact::Row& row, async::BootTime now);
  void add_reject(const run::Reject& reject, async::BootTime now);
  /// A position about which a range says nothing.
  void add_nothing(run::Position position, async::BootTime now);

  bool is_open() const { return range_.has_value(); }
  run::Position first() const { return range_->first(); }
  run::Position last() const { return last_; }
  std::size_t bytes() const { return range_ ? range_->bytes() : 0; }
  /// When the open range is to be written.
  async::BootTime due() const { return opened_at_ + age_; }

  /// The open range as a record; there is none open afterwards.
  std::string close(async::BootTime now);

 private:
  wire::RangeWriter& open_at(run::Position position, async::BootTime now);

  const Settings& settings_;
  run::RunInstance instance_;
  std::string rule_set_;
  run::Position last_;
  std::optional<wire::RangeWriter> range_;
  async::BootTime opened_at_{};
  std::chrono::milliseconds age_;
};

/// The most that a row or a reject adds to a range.
std::size_t size_bound(const contact::Row& row);
std::size_t size_bound(const run::Reject& reject);

}  // namespace intake
