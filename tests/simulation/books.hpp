#pragma once

#include <cstdint>
#include <map>
#include <string>
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

  /// Every run has its end. Reads on where it stood, so it may be asked often.
  bool all_final();
  /// All that is wrong, each in words; empty: nothing.
  std::vector<std::string> differences(sandbox::Core& core);

 private:
  struct Told {
    std::vector<std::uint64_t> sequences;
    std::vector<run::RunCompleted> ends;
    std::uint64_t last_sequence = 0;
    std::uint64_t end_sequence = 0;
  };

  void read_results();
  void compare_receipt(const PlannedRun& run, const run::RunCompleted& end);
  void compare_delivered(const std::string& id, const run::DeliveryCounts& expected, const run::Receipt& receipt);
  /// However often a position was decided, it was decided alike.
  void compare_decisions();
  void compare_rejects();
  void compare_lists(sandbox::Core& core);
  void compare_limits(const sandbox::Counters& counters);
  template <class T>
  void expect_equal(const std::string& what, const T& found, const T& expected);
  void complain(std::string what) { differences_.push_back(std::move(what)); }

  const Plan& plan_;
  support::MemoryKafka& kafka_;
  Tally& tally_;
  std::vector<std::int64_t> positions_;
  std::map<std::string, Told> told_;               ///< By run id.
  std::map<std::string, std::uint64_t> given_up_;  ///< Rows of which the receipt says that nothing is known.
  std::vector<std::string> differences_;
};

}  // namespace simulation
