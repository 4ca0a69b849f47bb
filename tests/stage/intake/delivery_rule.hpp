#pragma once

#include <map>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "run/decided.hpp"
#include "run/event.hpp"
#include "support/intake_outbox.hpp"

namespace intake::test {

/// What was decided about one position, as one text.
using Decisions = std::map<run::Position, std::string>;

struct DeliveredRun {
  std::optional<run::RunOpened> opened;
  std::optional<run::Position> mark;
  Decisions decisions;
  std::optional<run::RunSealed> sealed;

  bool operator==(const DeliveredRun&) const = default;
};

/// The outbox as a reader sees it who keeps one mark per run: written from the design, sharing nothing with delivery.
struct Delivered {
  std::map<run::RunInstance, DeliveredRun> runs;
  std::set<std::pair<std::int64_t, run::DeadCause>> dead;
  std::vector<std::string> faults;  ///< Links that do not hold.
};

Delivered deliver(const std::vector<support::OutboxRecord>& outbox);

}  // namespace intake::test
