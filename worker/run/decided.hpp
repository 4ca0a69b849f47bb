#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "run/counts.hpp"
#include "run/export_job.hpp"
#include "run/position.hpp"
#include "run/reason.hpp"

namespace run {

/// One accepted member; `values` are those of the job's mapped fields, in the job's order, empty for no value.
struct DecidedRow {
  Position position;
  std::string email;  ///< Canonical.
  std::vector<std::string> values;

  bool operator==(const DecidedRow&) const = default;
};

/// One member that was not accepted.
struct Reject {
  Position position;
  std::optional<std::uint32_t> segment{};  ///< Index into the job's segments; none: not one of the job's.
  std::string profile_id;
  Reason reason = Reason::none;
  std::string rule;  ///< Which rule of the address, or which field.

  bool operator==(const Reject&) const = default;
};

/// First link of a run's chain; its position is (instance.job_offset, 0).
struct RunOpened {
  RunInstance instance;
  ExportJob job;  ///< With cap and application filled in.
  UtcTime job_at{};
  std::string rule_set;
  std::string trace_parent;

  Position position() const { return {instance.job_offset, 0}; }
  bool operator==(const RunOpened&) const = default;
};

/// What was decided about the positions (prev, last] of a run.
struct DecidedRange {
  RunInstance instance;
  Position prev;
  Position first;
  Position last;
  std::vector<DecidedRow> rows;
  std::vector<Reject> rejects;
  std::string rule_set;

  bool operator==(const DecidedRange&) const = default;
};

struct SegmentReceipt {
  SegmentId id;
  std::string name;
  DecisionCounts decided;
  std::optional<std::uint64_t> expected_members{};
  std::optional<std::uint64_t> members_sent{};
  bool ended = false;

  bool operator==(const SegmentReceipt&) const = default;
};

struct ReasonCount {
  Reason reason = Reason::none;
  std::string rule;
  std::uint64_t members = 0;

  bool operator==(const ReasonCount&) const = default;
};

enum class SealCause : std::uint8_t { all_segments_ended, silent, too_old, too_large, input_lost };

/// Last link of a run's chain. Counters stand here alone, since ranges may be cut otherwise in another life.
struct RunSealed {
  RunInstance instance;
  Position prev;  ///< The run's last position.
  Position at;    ///< Of the record that sealed it.
  SealCause cause = SealCause::all_segments_ended;
  DecisionCounts totals;
  std::vector<SegmentReceipt> segments;
  DecisionCounts unknown_segments;
  std::vector<ReasonCount> reasons;  ///< Ascending by reason and rule, so that two lives write the same.
  std::string rule_set;
  UtcTime sealed_at{};

  bool operator==(const RunSealed&) const = default;
};

using Decided = std::variant<RunOpened, DecidedRange, RunSealed>;

}  // namespace run
