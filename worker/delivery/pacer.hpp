#pragma once

#include <algorithm>
#include <chrono>

#include "async/clock.hpp"

namespace delivery {

/// Spaces calls evenly: a bucket that holds one and is empty at the start, since a burst would break the vendor's
/// sliding second.
class Pacer {
 public:
  Pacer(std::chrono::nanoseconds spacing, async::BootTime start) : spacing_{spacing}, next_{start + spacing} {}

  /// When the caller may go; each call takes a turn.
  async::BootTime take_turn(async::BootTime now) {
    const auto turn = std::max(now, next_);
    next_ = turn + spacing_;
    return turn;
  }

 private:
  std::chrono::nanoseconds spacing_;
  async::BootTime next_;
};

}  // namespace delivery
