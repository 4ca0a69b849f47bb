#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "async/clock.hpp"
#include "contact/dedupe_set.hpp"
#include "intake/decided_sink.hpp"
#include "intake/input_source.hpp"
#include "intake/observer.hpp"
#include "intake/outflow.hpp"
#include "intake/partition.hpp"
#include "intake/settings.hpp"

namespace intake {

/// What one turn of the loop did.
struct Turn {
  std::size_t records = 0;
  std::size_t acknowledged = 0;
  /// Nothing was waited for, and nothing may be read before the producer has stored something (or ever, in a drain):
  /// give it a moment before the next turn.
  bool blocked = false;
};

/// Stage 1: reads the input partitions that the group assigns, and writes what is decided to the outbox.
///
/// Threads: one; whoever calls `turn` in a loop. Reads no clock but the one it is given, for `now` and `boot` alone.
class Intake {
 public:
  Intake(const Settings& settings, InputSource& source, DecidedSink& sink, async::Clock& clock, Observer& observer,
         contact::DedupeKey key);

  /// One bounded turn: acknowledgements, a rebalance if there is one, a slice of every partition, ranges that are due,
  /// commits. Waits at most `wait`, and only where there is nothing to do.
  Turn turn(std::chrono::milliseconds wait);

  /// From now on reads nothing more; what was read is written, acknowledged and committed by further turns.
  void drain() { draining_ = true; }
  bool drained() const { return drained_; }

  /// Joined, and everything owned (perhaps nothing) is replayed and none of it halted: ready.
  bool settled() const;

  /// Set once the stage cannot go on: leave the process with this message. Nothing is committed any more.
  std::optional<std::string> failed() const { return failed_; }

 private:
  struct Owned {
    Outflow::Life life = 0;
    std::unique_ptr<Partition> partition;
    std::optional<std::int64_t> committed;  ///< What the group has, as far as we know.
    std::optional<async::BootTime> idle_since{};
    bool tick_under_way = false;
  };
  using PartitionMap = std::map<std::int32_t, Owned>;

  void serve_sink(Turn& turn);
  void take_event(SourceEvent event);
  void take_over(const Assigned& assigned);
  void give_up(const Revoked& revoked);
  std::optional<Owned> come_back(const AssignedPartition& assigned);
  std::optional<Owned> begin(const AssignedPartition& assigned);
  bool may_read() const;
  void read_slices(Turn& turn);
  std::size_t read_slice(Owned& owned);
  void write_ranges();
  void push_on_time(Owned& owned);
  void collect(Owned& owned);
  void commit_all();
  void commit(Owned& owned);
  void finish_draining();
  void report();

  const Settings settings_;
  const std::string rule_set_;
  InputSource& source_;
  DecidedSink& sink_;
  async::Clock& clock_;
  Observer& observer_;
  contact::DedupeKey key_;
  Outflow outflow_;

  PartitionMap owned_;
  PartitionMap kept_;  ///< Revoked; each goes on without a replay if it comes back as we left it.
  std::size_t halted_ = 0;
  Outflow::Life lives_ = 0;
  std::int32_t first_to_read_ = 0;
  async::BootTime now_{};
  async::BootTime next_commit_{};
  Tally tally_;
  bool joined_ = false;
  bool draining_ = false;
  bool drained_ = false;
  std::optional<std::string> failed_;
};

}  // namespace intake
