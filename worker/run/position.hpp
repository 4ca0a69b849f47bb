#pragma once

#include <compare>
#include <cstdint>

#include "run/ids.hpp"

namespace run {

/// A place in an input partition: record offset, and index of the member within the record.
struct Position {
  std::int64_t offset = -1;
  std::uint32_t index = 0;

  auto operator<=>(const Position&) const = default;
};

/// One opening of a run. A run id that is used again is another instance, never a confusion.
struct RunInstance {
  RunId run_id;
  std::int32_t partition = 0;   ///< Of the input topic.
  std::int64_t job_offset = 0;  ///< Of the job that opened it.

  auto operator<=>(const RunInstance&) const = default;
};

}  // namespace run
