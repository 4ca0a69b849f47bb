#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "run/decided.hpp"

namespace run {

/// A reason with words for people; `detail` holds no personal data.
struct ReasonNote {
  Reason reason = Reason::none;
  std::string detail;

  bool operator==(const ReasonNote&) const = default;
};

struct BatchReceipt {
  BatchId batch_id;
  std::uint32_t attempt = 1;
  ActivityId activity_id;
  std::uint64_t rows = 0;
  std::uint64_t bytes = 0;
  DeliveryCounts counts;
  bool possible_duplicate = false;

  bool operator==(const BatchReceipt&) const = default;
};

/// Every person of a run, accounted for.
struct Receipt {
  DecisionCounts decided;
  DeliveryCounts delivered;
  std::vector<SegmentReceipt> segments;
  std::vector<ReasonCount> reasons;
  std::vector<BatchReceipt> batches;
  std::uint64_t requests = 0;
  std::uint64_t cap = 0;
  UtcTime job_at{};
  UtcTime sealed_at{};
  UtcTime first_sent_at{};
  UtcTime ended_at{};
  std::optional<Position> unknown_from{};

  /// Both equations of the design's section 6.
  bool adds_up() const { return unknown_from || (decided.adds_up() && decided.accepted == delivered.sum()); }
  bool operator==(const Receipt&) const = default;
};

}  // namespace run
