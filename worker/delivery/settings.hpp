#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <string>

#include "delivery/quota_ledger.hpp"
#include "run/packer.hpp"

namespace delivery {

using namespace std::chrono_literals;

/// Every limit and every wait of this stage.
struct Settings {
  std::string process;  ///< Host and process id, for people.
  std::chrono::milliseconds request_timeout{30s};

  // Ownership.
  std::chrono::milliseconds lease{10s};  ///< A request may start so long after a committed transaction began.
  std::chrono::milliseconds heartbeat{3s};
  std::chrono::milliseconds handover_margin{10s};      ///< Beside the request time-outs of unreleased predecessors.
  std::chrono::milliseconds predecessor_silence{30s};  ///< After which one that fenced us is taken for dead.
  std::chrono::milliseconds step_pause{1s};            ///< Between tries of a step of taking over.
  std::chrono::milliseconds alarm_pause{10s};          ///< Between looks at what a person has to mend.
  std::chrono::milliseconds largest_clock_difference{30s};

  // Transactions.
  std::size_t transaction_records = 5'000;
  std::size_t transaction_bytes = 1'000'000;
  std::size_t reject_chunk_records = 4'900;

  // Pace.
  double rate_per_second = 3.5;
  std::chrono::milliseconds intent_lead{60ms};  ///< So long before its turn an import's intent is journalled.
  QuotaSettings quota;

  // Tokens.
  std::chrono::milliseconds token_call_spacing{1100ms};
  std::chrono::minutes refresh_before_expiry_most{8h};
  std::chrono::minutes refresh_before_expiry_least{4h};
  std::chrono::minutes last_refresh_before_expiry{10min};  ///< The one more try after an attempt without a result.
  std::chrono::seconds token_expiry_margin{60s};

  // Preflight and waiting.
  std::chrono::seconds preflight_cache{10min};
  std::chrono::seconds missing_belief{30s};  ///< How long `export-control` must have been read before absence counts.
  std::chrono::seconds park_first{60s};      ///< Until a parked run is looked at again; doubles.
  std::chrono::seconds park_longest{15min};
  std::chrono::milliseconds retry_first{1s};
  std::chrono::milliseconds retry_longest{5min};
  std::chrono::milliseconds retry_budget{2min};  ///< Of one call with its repeats.

  // Batches.
  run::PackingLimits packing;
  std::size_t parallel_batches = 4;
  std::size_t account_activities = 20;
  std::size_t bodies_in_memory = 8;

  // Ambiguous answers.
  std::chrono::milliseconds settle{120s};
  std::chrono::milliseconds second_look{60s};

  // Polling.
  std::chrono::milliseconds poll_first{5s};
  std::chrono::milliseconds poll_longest{60s};
  std::chrono::minutes activity_alarm{30min};
  std::chrono::minutes activity_deadline{6h};

  // Runs.
  std::chrono::hours run_deadline{72h};
  std::chrono::hours input_retention{24h * 7};
  std::chrono::hours outbox_retention{24h * 10};
  std::chrono::minutes journal_index_after{10min};
  std::chrono::minutes housekeeping{60min};
};

}  // namespace delivery
