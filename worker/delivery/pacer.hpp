#pragma once

#include <algorithm>
#include <chrono>

#include "async/clock.hpp"

namespace delivery {

/// Spaces calls evenly: a bucket that holds one and is empty at the start, since a burst would break the vendor's
/// sliding second.
///
/// A turn is a plan: it tells a caller when to begin to connect. What counts is when requests really leave, since
/// connecting takes as long as it takes.
class Pacer {
 public:
  Pacer(std::chrono::nanoseconds spacing, async::BootTime start)
      : spacing_{spacing}, next_turn_{start + spacing}, leaves_at_{start + spacing} {}

  /// When the caller should be ready to go; each call takes a turn.
  async::BootTime take_turn(async::BootTime now) {
    const auto turn = std::max(now, next_turn_);
    next_turn_ = turn + spacing_;
    return turn;
  }

  /// No request may leave before.
  async::BootTime leaves_at() const { return leaves_at_; }
  void left(async::BootTime now) { leaves_at_ = now + spacing_; }

 private:
  std::chrono::nanoseconds spacing_;
  async::BootTime next_turn_;
  async::BootTime leaves_at_;
};

}  // namespace delivery
