#pragma once

#include <optional>
#include <string>
#include <string_view>

#include <segment_export/v1/arrives.pb.h>
#include <segment_export/v1/internal.pb.h>
#include <segment_export/v1/leaves.pb.h>

#include "run/control.hpp"
#include "run/decided.hpp"
#include "run/receipt.hpp"
#include "wire/faults.hpp"

namespace wire {

// Messages that are parts of several records: `write` fills a message, `read` makes the domain value and notes faults.

inline std::int64_t milliseconds(run::UtcTime time) { return time.time_since_epoch().count(); }
inline run::UtcTime utc_time(std::int64_t milliseconds) {
  return run::UtcTime{std::chrono::milliseconds{milliseconds}};
}

/// Zero stands for no time.
inline std::int64_t milliseconds(const std::optional<run::UtcTime>& time) { return time ? milliseconds(*time) : 0; }
inline std::optional<run::UtcTime> optional_utc_time(std::int64_t milliseconds) {
  if (milliseconds == 0) return std::nullopt;
  return utc_time(milliseconds);
}

void write(const run::RunInstance& instance, segment_export::v1::RunInstance& message);
run::RunInstance read(const segment_export::v1::RunInstance& message);

void write(run::Position position, segment_export::v1::Position& message);
run::Position read(const segment_export::v1::Position& message);

void write(const run::DecisionCounts& counts, segment_export::v1::DecisionCounts& message);
run::DecisionCounts read(const segment_export::v1::DecisionCounts& message);

void write(const run::DeliveryCounts& counts, segment_export::v1::DeliveryCounts& message);
run::DeliveryCounts read(const segment_export::v1::DeliveryCounts& message);

void write(const run::SegmentReceipt& receipt, segment_export::v1::SegmentReceipt& message);
run::SegmentReceipt read(const segment_export::v1::SegmentReceipt& message);

void write(const run::ReasonCount& count, segment_export::v1::ReasonCount& message);
run::ReasonCount read(const segment_export::v1::ReasonCount& message, Faults& faults);

void write(const run::ReasonNote& note, segment_export::v1::ReasonNote& message);
run::ReasonNote read(const segment_export::v1::ReasonNote& message, Faults& faults);

void write(const run::ExportJob& job, segment_export::v1::ExportJob& message);
run::ExportJob read(const segment_export::v1::ExportJob& message, Faults& faults);

void write(const run::RunOpened& opened, segment_export::v1::RunOpened& message);
run::RunOpened read(const segment_export::v1::RunOpened& message, Faults& faults);

void write(const run::RunSealed& sealed, segment_export::v1::RunSealed& message);
run::RunSealed read(const segment_export::v1::RunSealed& message, Faults& faults);

/// Of a part that every record of its kind holds.
inline void require(bool present, std::string_view what, Faults& faults) {
  if (!present) faults.malformed(std::string{what} + " is missing");
}

}  // namespace wire
