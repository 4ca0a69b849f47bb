#pragma once

#include <cstdint>

#include "delivery/error.hpp"
#include "run/journal.hpp"

namespace delivery {

/// What an import leads to that got no activity.
enum class AfterImport : std::uint8_t {
  again,     ///< The same attempt once more: nothing can have been taken.
  look_up,   ///< It may have been taken; the resolver's.
  put_back,  ///< Not taken. The run waits, then its rows go out as the next attempt.
  refused,   ///< Not taken, and never will be: the batch ends so.
  run_ends,  ///< The same, and the run with it.
  over,      ///< The claim is over; the next one finds the intent.
};

struct ImportSoFar {
  bool claim_over = false;
  bool token_was_refused = false;  ///< Before this answer.
  bool may_repeat = true;          ///< Time is left, and the claim does not drain.
};

AfterImport after_import(NextStep next_step, ImportSoFar so_far);

/// The batch as it ends when the vendor will not take it.
run::BatchState refused_batch(run::BatchState batch, const Error& error, run::UtcTime now);

}  // namespace delivery
