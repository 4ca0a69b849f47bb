#pragma once

#include <array>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "intake/run_decider.hpp"
#include "run/decided.hpp"

namespace intake {

/// What needs a person.
enum class Alarm : std::uint8_t {
  no_committed_offset,  ///< `topics create` was not run for the group; the partition halts.
  offset_outside_log,   ///< The committed offset is not in the log; the partition halts.
  input_lost,           ///< Records that open runs need are gone.
  unreadable_metadata,  ///< Of a commit; the replay goes back by time instead.
  commit_stays,         ///< What a replay would have to know does not fit the commit's metadata.
};
std::string_view name(Alarm alarm);
/// What a person does about it.
std::string_view remedy(Alarm alarm);

/// What became of a record that was read.
enum class RecordOutcome : std::uint8_t {
  job_opened,
  job_repeated,
  job_conflicting,
  members,
  segment_end,
  tick,
  unreadable,
  out_of_bounds,
  no_open_run,
  replayed,  ///< Decided in an earlier life.
};
inline constexpr std::size_t record_outcome_count = static_cast<std::size_t>(RecordOutcome::replayed) + 1;
std::string_view name(RecordOutcome outcome);
std::string_view name(Verdict verdict);

/// What was read since the last report, replays apart.
struct Tally {
  std::array<std::uint64_t, record_outcome_count> records{};
  std::array<std::uint64_t, verdict_count> members{};
  std::uint64_t bytes = 0;

  void count(RecordOutcome outcome) { ++records[static_cast<std::size_t>(outcome)]; }
  void count(Verdict verdict) { ++members[static_cast<std::size_t>(verdict)]; }
  Tally& operator+=(const Tally& other);
};

/// What is held in memory, of all partitions.
struct Holdings {
  std::size_t partitions = 0;
  std::size_t replaying = 0;
  std::size_t halted = 0;
  std::size_t open_runs = 0;
  std::uint64_t addresses = 0;
  std::size_t dedupe_bytes = 0;
  std::size_t open_range_bytes = 0;
  std::size_t unacknowledged_bytes = 0;
};

/// What the stage tells about itself; the default says nothing. Real: app's adapter to telemetry.
///
/// Threads: the intake loop only. Must not throw and must not wait.
class Observer {
 public:
  virtual ~Observer() = default;

  virtual void alarm(std::int32_t /*partition*/, Alarm /*alarm*/, std::string_view /*detail*/) {}
  virtual void assigned(std::int32_t /*partition*/, std::int64_t /*from*/, std::int64_t /*committed*/) {}
  virtual void revoked(std::int32_t /*partition*/) {}
  virtual void run_opened(const run::RunOpened& /*opened*/) {}
  virtual void run_sealed(const run::RunSealed& /*sealed*/) {}
  /// Once a turn at most.
  virtual void read(const Tally& /*tally*/) {}
  /// How far the record read last lies behind the brokers' time, as far as our clock agrees with theirs.
  virtual void behind(std::int32_t /*partition*/, std::chrono::milliseconds /*lag*/) {}
  virtual void acknowledged(std::size_t /*records*/) {}
  virtual void commit_started(std::int32_t /*partition*/, std::int64_t /*offset*/, std::int64_t /*restart*/) {}
  /// With the commits.
  virtual void holds(const Holdings& /*holdings*/) {}
};

}  // namespace intake
