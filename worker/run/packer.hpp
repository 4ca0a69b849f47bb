#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>

#include "run/position.hpp"

namespace run {

struct PackingLimits {
  std::size_t max_rows = 39'999;
  std::size_t max_bytes = 3'900'000;
};

/// Fills one batch with a run's rows, in their order; greedy filling gives the fewest batches.
///
/// Units: bytes of the body as sent. The packer sees sizes only; the encoder writes the bytes.
class Packer {
 public:
  enum class Fits : std::uint8_t {
    yes,
    next_batch,  ///< The batch is full: the row is the next one's.
    never,       ///< Larger than a batch by itself.
  };

  /// `frame_bytes`: what a body holds beside its rows.
  Packer(PackingLimits limits, std::size_t frame_bytes);

  Fits offer(Position position, std::size_t row_bytes);

  std::size_t rows() const { return rows_; }
  Position first() const { return first_; }
  Position last() const { return last_; }

 private:
  PackingLimits limits_;
  std::size_t frame_bytes_;
  std::size_t rows_ = 0;
  std::size_t bytes_;
  Position first_{};
  Position last_{};
};

}  // namespace run
