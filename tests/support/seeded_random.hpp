#pragma once

#include <chrono>
#include <cstdint>

#include "async/random.hpp"

namespace support {

/// The same draws for the same seed, on every machine (SplitMix64).
class SeededRandom : public async::Random {
 public:
  explicit SeededRandom(std::uint64_t seed) : state_{seed} {}

  std::uint64_t bits() override {
    state_ += 0x9E3779B97F4A7C15U;
    auto mixed = state_;
    mixed = (mixed ^ (mixed >> 30U)) * 0xBF58476D1CE4E5B9U;
    mixed = (mixed ^ (mixed >> 27U)) * 0x94D049BB133111EBU;
    return mixed ^ (mixed >> 31U);
  }

  /// In [0, limit); 0 for a limit of 0.
  std::uint64_t below(std::uint64_t limit) { return limit == 0 ? 0 : bits() % limit; }
  bool chance(double probability) { return fraction() < probability; }
  /// In [least, most], to the microsecond.
  std::chrono::nanoseconds between(std::chrono::nanoseconds least, std::chrono::nanoseconds most) {
    const auto steps = (most - least) / std::chrono::microseconds{1};
    return least + std::chrono::microseconds{below(static_cast<std::uint64_t>(steps) + 1)};
  }

  /// An independent stream, so that what one part draws does not shift what another one does.
  SeededRandom branch() { return SeededRandom{bits()}; }

 private:
  std::uint64_t state_;
};

}  // namespace support
