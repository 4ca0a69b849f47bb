#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

#include "delivery/contact_api.hpp"
#include "delivery/settings.hpp"
#include "run/journal.hpp"

namespace delivery {

struct PollFacts {
  unsigned looks = 0;            ///< Since the account's newest import.
  bool only_reserve = false;     ///< Sends may use no more calls today.
  std::uint32_t calls_left = 0;  ///< For polling.
  std::size_t accounts = 1;      ///< That are polled.
  std::chrono::milliseconds left_in_day{};
};

/// How long after the last look the next one comes: backs off, and shares out what is left of the day's calls.
std::chrono::milliseconds poll_pause(const PollFacts& facts, const Settings& settings);

/// What a look at a submitted batch leads to.
enum class Followed : std::uint8_t { goes_on, ended, given_up };

/// `activity`: none where this look gave no answer about it. `looked`: whether the look itself succeeded.
Followed follow(const run::BatchState& batch, const std::optional<Activity>& activity, bool looked,
                run::UtcTime run_deadline, run::UtcTime now, const Settings& settings);

/// The batch with the vendor's counters.
run::BatchState ended_batch(run::BatchState batch, const Activity& activity, run::UtcTime now);

/// The batch of whose rows nobody can say any more what became of them.
run::BatchState unknown_batch(run::BatchState batch, std::string detail, run::UtcTime now);

}  // namespace delivery
