#include "intake/run_history.hpp"

#include <algorithm>

namespace intake {

RestartNotes RunHistory::notes_at(std::int64_t commit, std::int64_t oldest_open) const {
  RestartNotes notes;
  notes.restart = std::min(commit, oldest_open);
  for (const Sealed& run : sealed_) {
    const bool open_at_commit = run.seal >= commit;
    if (open_at_commit) notes.restart = std::min(notes.restart, run.job);
  }
  for (const Ignored& job : ignored_) {
    // A replay that sees the other job ignores this one by itself.
    if (job.job >= notes.restart && job.job < commit && job.because < notes.restart) {
      notes.ignored_jobs.push_back(job.job);
    }
  }
  // Those that an earlier life noted stand before those that the replay met.
  std::ranges::sort(notes.ignored_jobs);
  for (const Sealed& run : sealed_) {
    if (run.how == Seal::too_large && run.job >= notes.restart && run.seal < commit) {
      notes.too_large.push_back({.job = run.job, .seal = run.seal});
    }
  }
  return notes;
}

void RunHistory::forget_before(std::int64_t commit, const RestartNotes& notes) {
  std::erase_if(sealed_, [&](const Sealed& run) {
    return run.seal < commit && (run.how == Seal::by_input || run.job < notes.restart);
  });
  std::erase_if(ignored_, [&](const Ignored& job) { return job.job < notes.restart; });
}

}  // namespace intake
