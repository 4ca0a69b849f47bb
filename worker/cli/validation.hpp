#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "cli/recorded_file.hpp"
#include "intake/settings.hpp"
#include "run/decided.hpp"
#include "run/event.hpp"

namespace cli {

/// A record that intake could not use.
struct RecordFault {
  std::uint64_t record = 0;  ///< From 1 on.
  std::string cause;         ///< As dead letters name it: UNREADABLE.
  std::string detail;
};

/// What would become of a run if the vendor took everybody.
struct ForeseenRun {
  run::RunOpened opened;
  run::RunSealed sealed;
  run::RunCompleted completed;
  bool held = false;  ///< Until somebody releases it.
};

struct Validation {
  std::uint64_t records = 0;
  std::uint64_t repeated_jobs = 0;  ///< The same job again while its run was open.
  std::vector<RecordFault> faults;
  std::vector<ForeseenRun> runs;  ///< In the order of their ends.
};

/// Lets intake decide about recorded values of `segment-exports`, in their order, as if they were one partition.
///
/// A recording has no keys, so a record that cannot be read is of no run. Error: of the file.
FromInput<Validation> validate(RecordedFile& file, const intake::Settings& settings);

}  // namespace cli
