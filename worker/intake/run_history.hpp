#pragma once

#include <cstdint>
#include <deque>
#include <vector>

#include "intake/restart_notes.hpp"

namespace intake {

/// What was in a partition and is over, as far as the state at some offset at or above the last commit depends on it.
class RunHistory {
 public:
  enum class Seal : std::uint8_t { by_input, too_large };

  void sealed(std::int64_t job, std::int64_t seal, Seal how) { sealed_.push_back({job, seal, how}); }
  /// A job that opened nothing because the run of the job at `because` was open.
  void ignored(std::int64_t job, std::int64_t because) { ignored_.push_back({job, because}); }

  /// Where a life would have to restart that reads on at `commit`. `oldest_open`: of the runs that are open now, the
  /// first job's offset, or anything at or above `commit`.
  RestartNotes notes_at(std::int64_t commit, std::int64_t oldest_open) const;

  /// Forgets what no commit at or above the one of these notes needs.
  void forget_before(std::int64_t commit, const RestartNotes& notes);

 private:
  struct Sealed {
    std::int64_t job;
    std::int64_t seal;
    Seal how;
  };
  struct Ignored {
    std::int64_t job;
    std::int64_t because;
  };

  std::deque<Sealed> sealed_;
  std::deque<Ignored> ignored_;
};

}  // namespace intake
