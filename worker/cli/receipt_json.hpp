#pragma once

#include <span>
#include <string>

#include <boost/json/object.hpp>

#include "run/event.hpp"

namespace cli {

/// A finished run for programs, on one line.
boost::json::object receipt_json(const run::ResultEvent& event, const run::RunCompleted& completed);

/// A run's state before its end.
boost::json::object state_json(const run::ResultEvent& event, const run::RunChanged& changed);

/// Adds the instances that repeat the run, where there are any.
void add_repeats(boost::json::object& run, std::span<const run::RunInstance> repeats);

/// Null where there is no reason.
boost::json::value note_json(const run::ReasonNote& note);

boost::json::object counts_json(const run::DecisionCounts& counts);
boost::json::array segments_json(std::span<const run::SegmentReceipt> segments);
boost::json::array reasons_json(std::span<const run::ReasonCount> reasons);

}  // namespace cli
