#pragma once

#include <span>
#include <string>
#include <string_view>

#include "run/event.hpp"

namespace cli {

/// A finished run for people: how it ended and what to do, then every person accounted for.
std::string receipt_text(const run::ResultEvent& event, const run::RunCompleted& completed);

/// The part that intake decides: sums, each segment, and why members were not accepted. Also of a `check`.
std::string decided_text(const run::DecisionCounts& totals, std::span<const run::SegmentReceipt> segments,
                         std::span<const run::ReasonCount> reasons);

/// A reason and what to do about it.
std::string note_text(std::string_view label, const run::ReasonNote& note, const std::string& remedy);

}  // namespace cli
