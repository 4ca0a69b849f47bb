#pragma once

#include <cstdint>

namespace run {

/// What intake decided about members.
struct DecisionCounts {
  std::uint64_t received = 0;
  std::uint64_t accepted = 0;  ///< Unique, valid, within the cap.
  std::uint64_t invalid = 0;
  std::uint64_t duplicate = 0;
  std::uint64_t over_cap = 0;
  std::uint64_t undecodable = 0;  ///< Records under the run's key that could not be read.

  /// received = accepted + invalid + duplicate + over cap + undecodable.
  bool adds_up() const { return received == accepted + invalid + duplicate + over_cap + undecodable; }
  DecisionCounts& operator+=(const DecisionCounts& other);
  bool operator==(const DecisionCounts&) const = default;
};

/// What became of the accepted ones.
struct DeliveryCounts {
  std::uint64_t imported = 0;
  std::uint64_t unsubscribed = 0;
  std::uint64_t refused = 0;
  std::uint64_t failed = 0;
  std::uint64_t unknown = 0;
  std::uint64_t not_sent = 0;

  /// To be equal to DecisionCounts::accepted at a run's end.
  std::uint64_t sum() const { return imported + unsubscribed + refused + failed + unknown + not_sent; }
  DeliveryCounts& operator+=(const DeliveryCounts& other);
  bool operator==(const DeliveryCounts&) const = default;
};

}  // namespace run
