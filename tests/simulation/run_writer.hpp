#pragma once

#include <cstddef>

#include "simulation/plan.hpp"
#include "support/seeded_random.hpp"

namespace simulation {

struct RunSize {
  std::size_t members = 0;
  bool long_values = false;  ///< As long as the vendor allows, so that bytes and not rows fill a batch.
};

/// Makes up a run's members, each of a kind whose verdict is known beforehand, and keeps the books of what must come of
/// them; beside them what upstream does wrong: a job published twice or changed, members that come too late, an id that
/// is used again. All runs of an export tell of the same people. Adds those who have unsubscribed to the connection.
PlannedRun write_run(run::ExportJob job, RunSize size, PlannedConnection& connection, support::SeededRandom& random);

}  // namespace simulation
