#pragma once

#include <optional>
#include <vector>

#include "delivery/log.hpp"
#include "delivery/run_book.hpp"
#include "run/event.hpp"

namespace delivery {

/// Records of one unit, and the event among them.
struct Announcement {
  std::vector<Outgoing> records;
  run::ResultEvent event;
};

/// How the run stands, as an event; its number is that of the run's last one.
run::ResultEvent standing(const Run& run, run::UtcTime now, std::optional<run::UtcTime> next_look_at = std::nullopt);

/// Gives the run a new status: its numbered RunState and the event, to be written together.
Announcement announce(Run& run, run::RunStatus status, run::ReasonNote reason, run::UtcTime now,
                      std::optional<run::UtcTime> next_look_at = std::nullopt);

/// The run's end: the finished RunState, RunCompleted, and the batches out of the journal.
Announcement announce_end(Run& run, run::UtcTime now);

/// When no new intent may start any more: absolute, and early enough for a redrive.
run::UtcTime deadline_of(run::UtcTime opened_at, run::UtcTime job_at, std::chrono::milliseconds limit,
                         std::chrono::milliseconds input_retention);

/// What the journal holds of a run from its opening on.
run::RunState first_state(const run::RunOpened& opened, std::int64_t outbox_offset, run::UtcTime deadline);

Outgoing to_rejects(const run::RejectedMember& member, const std::string& trace_parent);

}  // namespace delivery
