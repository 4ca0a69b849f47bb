#pragma once

#include <cstddef>
#include <string>

#include "intake/range_chain.hpp"
#include "intake/run_decider.hpp"
#include "run/decided.hpp"

namespace intake {

/// A run between its job and its seal.
struct OpenRun {
  run::RunInstance instance;
  run::ExportJob job;  ///< As it came, to tell a repeat from a conflict.
  std::string outbox_key;
  std::string trace_parent;
  run::UtcTime job_at{};
  run::UtcTime last_record_at{};
  RunDecider decider;
  RangeChain chain;
  std::size_t counted_bytes = 0;  ///< Of the open range, in the partition's sum.
};

enum class Overdue : std::uint8_t { no, silent, too_old };

/// What a record that was appended at `now` says about a run.
Overdue overdue(const OpenRun& run, run::UtcTime now, const Rules& rules);
/// When that changes unless the run gets a record.
run::UtcTime deadline(const OpenRun& run, const Rules& rules);

/// The key of a run's records in the outbox: an application that is configured, or the one that answers for the rest.
std::string outbox_key(const run::ExportJob& job, const Settings& settings);

run::RunOpened opening(const OpenRun& run, const Settings& settings, const std::string& rule_set);
run::RunSealed seal(const OpenRun& run, run::SealCause cause, run::Position at, run::UtcTime sealed_at,
                    const std::string& rule_set);

}  // namespace intake
