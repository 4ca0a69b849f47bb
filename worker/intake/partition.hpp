#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <boost/unordered/unordered_flat_map.hpp>

#include "contact/dedupe_set.hpp"
#include "intake/dead_letters.hpp"
#include "intake/emission.hpp"
#include "intake/observer.hpp"
#include "intake/open_run.hpp"
#include "intake/restart_notes.hpp"
#include "intake/run_history.hpp"
#include "intake/settings.hpp"
#include "wire/input.hpp"

namespace intake {

/// Where a life takes a partition up.
struct Resume {
  std::int64_t start = 0;      ///< First offset to read.
  std::int64_t committed = 0;  ///< What was decided below is in the outbox already and is not written again.
  RestartNotes notes;
  std::optional<std::int64_t> lost_from{};  ///< Input from there to `start` was needed and is gone.
};

/// One input partition: records in, decisions out.
///
/// What it decides is a pure function of the partition's records. Times of this process only decide where ranges are
/// cut. Knows no Kafka, no clock, no thread.
class Partition {
 public:
  Partition(const Settings& settings, const std::string& rule_set, const contact::DedupeKey& key, Observer& observer,
            std::int32_t partition, const Resume& resume);

  void take(const InputRecord& record, async::BootTime now);
  /// No record below `position` will come any more (gaps).
  void pass(std::int64_t position);

  void write_due_ranges(async::BootTime now);
  void write_largest_range(async::BootTime now);
  void write_all_ranges(async::BootTime now);

  /// What is to be written since the last call, in order.
  std::vector<Emission> take_emissions() { return std::exchange(emissions_, {}); }
  bool has_emissions() const { return !emissions_.empty(); }
  Tally take_tally() { return std::exchange(tally_, {}); }

  struct CommitPoint {
    std::int64_t offset = 0;
    RestartNotes notes;
  };
  /// How far a commit may go; none before the replay is over. `lowest_pin`: of what was taken and is not acknowledged.
  std::optional<CommitPoint> commit_point(std::int64_t lowest_pin) const;
  /// A commit was started; none will go back behind it.
  void committed(const CommitPoint& point);

  std::int32_t number() const { return partition_; }
  std::int64_t next_offset() const { return next_offset_; }
  bool is_replaying() const { return next_offset_ < committed_; }
  std::optional<run::UtcTime> last_record_at() const { return last_record_at_; }
  std::size_t open_runs() const { return by_job_.size(); }
  std::uint64_t addresses() const { return addresses_; }
  std::size_t open_range_bytes() const { return open_range_bytes_; }
  std::size_t dedupe_bytes() const;

 private:
  using ByJob = std::map<std::int64_t, std::unique_ptr<OpenRun>>;

  void take_job(const InputRecord& record, run::ExportJob job);
  void take_members(const InputRecord& record, const wire::Members& members);
  void take_end(const InputRecord& record, const wire::SegmentEnd& end);
  void take_unreadable(const InputRecord& record, const wire::Unreadable& fault);

  OpenRun* find(std::string_view run_id);
  void touch(OpenRun& run, const InputRecord& record);
  void decide(OpenRun& run, std::optional<std::uint32_t> segment, run::Position position, const wire::Member& member);
  void make_room(OpenRun& run, std::size_t bytes);
  void write_range(OpenRun& run);
  void note_range(OpenRun& run);
  void seal_overdue(const InputRecord& record);
  void seal_too_large(OpenRun& run, const InputRecord& record);
  void seal(OpenRun& run, run::SealCause cause, const InputRecord& record);
  void write_dead_letter(const InputRecord& record, run::DeadCause cause, std::string_view detail);
  void count(RecordOutcome outcome);

  const Settings& settings_;
  const std::string& rule_set_;
  contact::DedupeKey key_;
  Observer& observer_;
  std::int32_t partition_;
  Origin origin_;

  std::int64_t next_offset_;
  std::int64_t committed_;
  std::vector<std::int64_t> ignored_jobs_;          ///< Of the replay; ascending.
  std::map<std::int64_t, std::int64_t> too_large_;  ///< Of the replay: offset of the seal by that of the job.

  bool writes_ = false;  ///< The record at hand was not decided in an earlier life.
  async::BootTime now_{};
  wire::InputReader reader_;
  run::Reject reject_;  ///< Its memory is used again.

  ByJob by_job_;
  boost::unordered_flat_map<std::string_view, OpenRun*> by_run_id_;
  OpenRun* last_found_ = nullptr;
  RunHistory history_;
  run::UtcTime earliest_deadline_ = run::UtcTime::max();   ///< No open run's deadline is before it.
  async::BootTime earliest_due_ = async::BootTime::max();  ///< No open range is due before it.
  std::uint64_t addresses_ = 0;
  std::size_t open_range_bytes_ = 0;
  std::optional<run::UtcTime> last_record_at_;

  std::vector<Emission> emissions_;
  Tally tally_;
};

}  // namespace intake
