#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace intake {

/// A run that a memory limit sealed, at the end of the record at `seal`.
struct TooLarge {
  std::int64_t job = 0;
  std::int64_t seal = 0;

  bool operator==(const TooLarge&) const = default;
};

/// What a life that starts in the middle of a partition must know; travels in the commit's metadata.
struct RestartNotes {
  static constexpr std::size_t most_bytes = 4'096;

  std::int64_t restart = 0;  ///< First offset to read again: of the oldest run that is open at the commit.
  std::vector<std::int64_t> ignored_jobs;  ///< From there on, jobs that opened no run because of one before `restart`.
  std::vector<TooLarge> too_large;         ///< From there on.

  bool operator==(const RestartNotes&) const = default;
};

/// Printable ASCII with a version tag; none if it does not fit.
std::optional<std::string> to_metadata(const RestartNotes& notes);
/// None if this release cannot read it.
std::optional<RestartNotes> from_metadata(std::string_view metadata);

}  // namespace intake
