#pragma once

#include <array>
#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "run/event.hpp"

namespace run {

using Sha256 = std::array<std::uint8_t, 32>;

/// Who talks for the applications of a partition; repeated by each heartbeat.
struct Owner {
  ClaimId claim_id;
  std::string process;
  std::chrono::milliseconds request_timeout{};
  std::chrono::milliseconds lease{};  ///< A request may start so long after the owner's last record.
  bool released = false;
  std::uint64_t heartbeat = 0;
  UtcTime claimed_at{};

  bool operator==(const Owner&) const = default;
};

/// Where a range lies in the outbox.
struct RangeReference {
  std::int64_t outbox_offset = -1;
  Position prev;
  Position first;
  Position last;
  std::uint64_t rows = 0;
  std::uint64_t rejects = 0;
  std::uint64_t bytes = 0;

  bool operator==(const RangeReference&) const = default;
};

/// The outbox of a sealed run that waits long, so that it no longer holds back the commit.
struct JournalledIndex {
  RunOpened opened;
  std::vector<RangeReference> ranges;
  RunSealed sealed;

  bool operator==(const JournalledIndex&) const = default;
};

/// All that delivery must know of a run beyond the outbox.
struct RunState {
  RunInstance instance;
  ExportId export_id;
  ConnectionId connection_id;
  ApplicationId application;
  UtcTime job_at{};
  UtcTime deadline{};
  std::uint64_t sequence = 0;  ///< Of the last event published.
  RunStatus status = RunStatus::not_started;
  ReasonNote reason;
  UtcTime since{};
  AccountId account_id;
  GrantId grant_id;
  bool has_intent = false;
  UtcTime first_sent_at{};
  std::uint64_t requests = 0;
  std::optional<Position> rejects_out_to{};
  std::vector<ReasonNote> warnings;
  std::int64_t opened_at_offset = -1;  ///< Outbox offset of RunOpened.
  std::optional<JournalledIndex> index{};
  bool stopping = false;  ///< Its end is decided; open batches are still followed.
  std::optional<RunInstance> refers_to{};
  RunId redrive_of;
  bool finished = false;
  UtcTime finished_at{};

  bool operator==(const RunState&) const = default;
};

enum class BatchPhase : std::uint8_t { intent, submitted, ended, absent, replaced, refused };

/// One batch of a run, from its intent to its counters.
struct BatchState {
  RunInstance instance;
  BatchId batch_id;
  std::uint32_t attempt = 1;
  Position first;
  Position last;
  std::string split_path;
  std::uint64_t rows = 0;
  std::uint64_t bytes = 0;
  Sha256 body_sha256{};
  std::string encoder;
  std::vector<ListId> list_ids;
  std::vector<std::string> columns;
  BatchPhase phase = BatchPhase::intent;
  ActivityId activity_id;
  AccountId account_id;
  UtcTime intent_at{};
  ClaimId claim_id;
  DeliveryCounts counts;
  Reason reason = Reason::none;
  bool possible_duplicate = false;
  UtcTime submitted_at{};
  UtcTime ended_at{};
  std::uint64_t sequence = 0;
  std::string activity_state;
  std::string detail;

  bool operator==(const BatchState&) const = default;
};

/// Calls of a UTC day that may be used; journalled before the first of them.
struct QuotaBlock {
  ApplicationId application;
  std::chrono::sys_days day{};
  std::uint32_t reserved = 0;  ///< All calls of the day ever reserved.

  bool operator==(const QuotaBlock&) const = default;
};

/// A refresh is about to be tried.
struct RefreshIntent {
  ApplicationId application;
  ConnectionId connection_id;
  GrantId grant_id;
  std::uint64_t generation = 0;  ///< That is being spent.
  UtcTime at{};
  std::uint32_t tries = 1;

  bool operator==(const RefreshIntent&) const = default;
};

using JournalRecord = std::variant<Owner, RunState, BatchState, QuotaBlock, RefreshIntent>;

}  // namespace run
