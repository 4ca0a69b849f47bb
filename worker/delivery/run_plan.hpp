#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "delivery/accounting.hpp"
#include "delivery/run_book.hpp"
#include "delivery/settings.hpp"

namespace delivery {

/// What the control topic says about a run, right now; never cached.
struct Orders {
  bool canceled = false;
  bool removed = false;  ///< Its connection, for sure.
  bool missing = false;  ///< Its connection; whether for good is not known yet, or it never was there.
  bool sure_missing = false;
  bool paused = false;
  bool consented = false;
  bool released = false;           ///< Although it is over its cap.
  bool other_application = false;  ///< The connection belongs to another than the job was routed by.
};

/// What the run's surroundings allow.
struct Surroundings {
  bool may_begin = false;        ///< No other run of the export stands before it.
  bool account_free = true;      ///< Of other runs' activities and of everything unresolved.
  std::size_t account_open = 0;  ///< Unfinished activities of its account.
  bool cleared = false;          ///< A preflight's answers are still good.
  bool quota_left = true;
  run::UtcTime quota_opens_at{};
  bool park_holds = false;  ///< Nothing that would free a parked run has happened.
};

/// What is to be done about a run next; a pure function of what is known.
struct Plan {
  enum class Do : std::uint8_t {
    wait,
    stop,  ///< Its end is decided: `status` and `reason`. Open batches are still followed.
    preflight,
    send,  ///< It could send a batch now; the fair queue decides whether it does.
    finish,
  };
  Do next = Do::wait;
  run::RunStatus status = run::RunStatus::not_started;
  run::ReasonNote reason;
  std::optional<run::UtcTime> look_again_at{};
};

Plan plan(const Run& run, const Orders& orders, const Surroundings& surroundings, run::UtcTime now,
          const Settings& settings);

/// Whether the intent that was prepared for a run may still be written.
bool may_intend(const Run& run, const Orders& orders, const Surroundings& surroundings, run::UtcTime now);

/// How a run ends that is stopped at its deadline while it waits for `waiting_for`.
Plan end_at_deadline(const run::ReasonNote& waiting_for);

/// Whether a waiting run's change of reason is worth an event.
bool is_news(const run::RunState& before, run::RunStatus status, run::Reason reason);

}  // namespace delivery
