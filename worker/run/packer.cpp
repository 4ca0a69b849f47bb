#include "run/packer.hpp"

namespace run {

Packer::Packer(PackingLimits limits, std::size_t frame_bytes)
    : limits_{limits}, frame_bytes_{frame_bytes}, bytes_{frame_bytes} {}

Packer::Fits Packer::offer(Position position, std::size_t row_bytes) {
  if (limits_.max_rows == 0 || frame_bytes_ > limits_.max_bytes || row_bytes > limits_.max_bytes - frame_bytes_) {
    return Fits::never;
  }
  if (rows_ == limits_.max_rows || row_bytes > limits_.max_bytes - bytes_) return Fits::next_batch;
  if (rows_ == 0) first_ = position;
  last_ = position;
  ++rows_;
  bytes_ += row_bytes;
  return Fits::yes;
}

}  // namespace run
