#pragma once

#include <algorithm>
#include <chrono>

#include "async/random.hpp"

namespace delivery {

/// Pauses that double up to a longest one, each somewhere in its upper half, so that many do not come back together.
class Backoff {
 public:
  Backoff(std::chrono::nanoseconds first, std::chrono::nanoseconds longest) : next_{first}, longest_{longest} {}

  std::chrono::nanoseconds pause(async::Random& random) {
    const auto whole = std::min(next_, longest_);
    next_ = std::min(whole * 2, longest_);
    return whole / 2 + std::chrono::nanoseconds{static_cast<std::int64_t>(
                           static_cast<double>(whole.count() - whole.count() / 2) * random.fraction())};
  }

 private:
  std::chrono::nanoseconds next_;
  std::chrono::nanoseconds longest_;
};

}  // namespace delivery
