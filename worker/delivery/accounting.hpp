#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "delivery/contact_api.hpp"
#include "run/journal.hpp"

namespace delivery {

/// What the vendor's counters say about the rows of one batch; the counts always add up to `rows`.
struct BatchAccount {
  run::DeliveryCounts counts;
  run::Reason warning = run::Reason::none;  ///< shortfall, counters_missing, import_refused or none.
  std::string detail;
};

/// `completed` is not success. person_count may mean rows, distinct addresses or landed rows (fact sheet, section 11):
/// what only one of the readings calls imported is unknown, and a counter that is missing is never read as 0.
BatchAccount account(const Activity& activity, std::uint64_t rows);

/// How a run goes on once its seal was read.
struct SealVerdict {
  enum class Next : std::uint8_t { send, hold, finish };
  Next next = Next::send;
  run::RunStatus status = run::RunStatus::successful;  ///< Of finish.
  run::Reason reason = run::Reason::none;              ///< Of finish and hold.
  std::string detail;
};
SealVerdict judge(const run::RunOpened& opened, const run::RunSealed& sealed);

/// The share of the cap from which a run warns that it will soon be too large.
inline constexpr double near_cap_share = 0.9;

/// All that a receipt is made of; everything in it was journalled.
struct Ending {
  const run::RunOpened& opened;
  const run::RunSealed* sealed = nullptr;    ///< None: no seal came by the deadline.
  std::optional<run::Position> mark{};       ///< The last position decided, where there is no seal.
  const run::RunState& state;                ///< `status` and `reason` of a run that was stopped; else successful.
  std::span<const run::BatchState> batches;  ///< In their order; replaced ones do not count.
  run::UtcTime ended_at{};
};

run::RunCompleted complete(const Ending& ending);

}  // namespace delivery
