#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "contact/email_address.hpp"
#include "contact/fields.hpp"
#include "run/ids.hpp"

namespace intake {

using namespace std::chrono_literals;

/// Every setting that changes what is decided; all of it goes into the rule set.
struct Rules {
  contact::EmailLimits email;
  contact::BoundsReading field_bounds = contact::BoundsReading::small;
  std::uint64_t default_cap = 1'000'000;
  std::uint64_t most_cap = 5'000'000;           ///< No job's cap is above it.
  std::chrono::milliseconds silence_limit{6h};  ///< After a run's last record.
  std::chrono::milliseconds run_limit{24h};     ///< After a run's job.

  // Memory of one partition. Functions of the input, so that another life decides alike.
  std::uint64_t partition_addresses = 16'000'000;
  std::size_t partition_runs = 2'000;
};

/// Every limit and every wait of this stage.
struct Settings {
  Rules rules;
  std::string input_topic = "segment-exports";  ///< As dead letters name it.

  // Routing. Not in the rule set: adding an application must not end the runs of the others.
  run::ApplicationId default_application;
  std::vector<run::ApplicationId> applications;

  // Ranges.
  std::size_t range_bytes = 900'000;        ///< Every record stays below.
  std::size_t small_range_bytes = 100'000;  ///< A range that ages below this lets the run's next one grow older.
  std::chrono::milliseconds range_age{5s};
  std::chrono::milliseconds range_age_longest{60s};
  std::size_t open_range_bytes = 64'000'000;  ///< Of all open ranges; above it the largest are written early.

  // The loop.
  std::size_t slice_records = 1'000;  ///< Read from one partition before it is the next one's turn.
  std::size_t slice_bytes = 4'000'000;
  std::size_t unacknowledged_bytes = 64'000'000;  ///< Above it nothing is read.
  std::chrono::milliseconds commit_interval{1s};
  std::chrono::milliseconds revoke_wait{5s};  ///< For the last commits of an assignment.
  std::chrono::milliseconds tick_after{60s};  ///< How long a partition must be idle until time is pushed on in it.
};

}  // namespace intake
