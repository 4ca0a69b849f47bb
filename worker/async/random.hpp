#pragma once

#include <cstdint>

namespace async {

/// Randomness for jitter and identifiers; nothing in the stages draws any of its own.
///
/// Real: async::SystemRandom. Tests and the simulation: a seeded generator.
class Random {
 public:
  virtual ~Random() = default;

  virtual std::uint64_t bits() = 0;

  /// In [0, 1).
  double fraction() { return static_cast<double>(bits() >> 11U) * 0x1.0p-53; }
};

}  // namespace async
