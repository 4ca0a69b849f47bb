#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "delivery/contact_api.hpp"
#include "run/journal.hpp"

namespace delivery {

/// A batch and what only this claim knows of it.
struct Batch {
  run::BatchState state;
  bool in_hand = false;                      ///< Its request is being made.
  std::optional<run::UtcTime> settles_at{};  ///< Of an intent whose answer is not known: when a look-up may begin.
  bool alarmed = false;

  /// Its answer is not known and nobody is waiting for it any more.
  bool is_unresolved() const { return state.phase == run::BatchPhase::intent && !in_hand; }
  bool is_open() const { return state.phase == run::BatchPhase::intent || state.phase == run::BatchPhase::submitted; }
};

/// `<batch id>-<attempt>.csv`, of [a-z0-9-.] only.
std::string file_name(const run::BatchId& id, std::uint32_t attempt);

/// The activity of the batch's newest attempt that is there; an older attempt's counts as well, since its rows are the
/// same.
std::optional<Activity> find_ours(const std::vector<Activity>& activities, const run::BatchState& batch);

/// Whether a listing that was read to its end shows one attempt of the batch alone, the one that counts: then no other
/// was taken.
bool is_held_once(const std::vector<Activity>& activities, const run::BatchState& batch);

/// Whether the vendor shows file names as we sent them: only then does a name that is missing prove anything.
bool shows_our_names(const std::vector<Activity>& activities);

}  // namespace delivery
