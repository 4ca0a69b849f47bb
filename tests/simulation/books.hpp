#pragma once

#include <cstdint>
#include <map>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "run/event.hpp"
#include "sandbox/core/core.hpp"
#include "simulation/plan.hpp"
#include "simulation/tally.hpp"
#include "support/memory_kafka.hpp"

namespace simulation {

/// What a world says at its end, held against what must have come of it.
class Books {
 public:
  Books(const Plan& plan, support::MemoryKafka& kafka, Tally& tally) : plan_{plan}, kafka_{kafka}, tally_{tally} {}

  /// The job of a run, or of its repeat, is in the log.
  void published(const PlannedRun& run, const run::RunInstance& instance, run::UtcTime at);
  const std::vector<run::RunInstance>& instances(const PlannedRun& run) const;
  /// What was decided in these offsets of the input has gone, and with it what is known of runs that were open.
  void lost(std::int32_t partition, std::int64_t from, std::int64_t until) {
    lost_.push_back({partition, from, until});
  }
  /// Every run has its end. Reads on where it stood, so it may be asked often.
  bool all_final();
  /// Ids of runs that wait for somebody who signs in, once for each time that they said so.
  std::set<std::string> take_unauthorised();
  /// All that is wrong, each in words; empty: nothing.
  std::vector<std::string> differences(sandbox::Core& core);

 private:
  struct Told {
    std::vector<std::uint64_t> sequences;
    std::vector<run::RunCompleted> ends;
    std::uint64_t last_sequence = 0;
    std::uint64_t end_sequence = 0;
  };
  enum class Outcome : std::uint8_t { sent, sent_in_part, not_sent };
  /// What became of a run of an export.
  struct Place {
    std::pair<run::UtcTime, run::RunId> order;  ///< Of the brokers' clock, whatever upstream's says.
    const PlannedRun* run = nullptr;
    Outcome outcome = Outcome::not_sent;
    bool superseded = false;
  };

  void read_results();
  /// Itself, or another run of its export, for which it may have to wait until its own deadline.
  bool is_cut(const PlannedRun& run) const;
  void compare_run(const PlannedRun& run);
  /// Its end is told, whatever it is.
  void compare_cut(const PlannedRun& run);
  void compare_told(const std::string& id, const Told& told);
  void compare_repeat(const PlannedRun& run, const run::RunCompleted& end);
  void compare_end(Place& place, const run::RunCompleted& end);
  void compare_receipt(const std::string& id, const PlannedRun& run, const Expected& expected,
                       const run::RunCompleted& end);
  /// What became of rows may be unknown where the answer of an import that cannot be looked up was lost twice, or
  /// once and then its run was canceled; and only there.
  bool excuses_unknown(const std::string& id, const run::Receipt& receipt, bool canceled);
  void compare_exports();
  /// However often a position was decided, it was decided alike.
  void compare_decisions();
  void compare_rejects();
  /// The list of an export's runs, in their order.
  void compare_list(const std::vector<Place>& runs, sandbox::Core& core);
  /// What compaction can leave of the journal, once all runs have ended.
  void compare_journal();
  void compare_limits(const sandbox::Counters& counters);
  template <class T>
  void expect_equal(const std::string& what, const T& found, const T& expected);
  void complain(std::string what) { differences_.push_back(std::move(what)); }

  const Plan& plan_;
  support::MemoryKafka& kafka_;
  Tally& tally_;
  std::vector<std::int64_t> positions_;
  struct Lost {
    std::int32_t partition = 0;
    std::int64_t from = 0;
    std::int64_t until = 0;
  };
  std::vector<Lost> lost_;
  std::map<run::RunInstance, Told> told_;
  std::map<const PlannedRun*, std::vector<run::RunInstance>> instances_;
  std::map<const PlannedRun*, run::UtcTime> job_at_;
  std::map<std::string, std::vector<Place>> exports_;
  std::set<std::string> unauthorised_;  ///< Runs that wait for somebody who signs in.
  std::vector<std::string> differences_;
};

}  // namespace simulation
