#pragma once

#include <compare>
#include <optional>
#include <string>
#include <vector>

#include "delivery/run_book.hpp"

namespace delivery {

/// A run's place among the runs of its export: LogAppendTime of the job, tie: run id.
struct Place {
  run::UtcTime job_at{};
  run::RunId run_id;

  auto operator<=>(const Place&) const = default;
};

/// The order of an export's runs (design, section 5.3), over all that a partition knows. It is promised per
/// application.
///
/// Only an intent supersedes; so old data never overwrites newer.
class RunOrder {
 public:
  explicit RunOrder(const RunBook& book) : book_{book} {}

  /// A redrive takes the place of the run that it names.
  Place place(const run::RunState& state) const;

  /// The younger run of the export, finished or not, whose intent has ended this one.
  std::optional<run::RunInstance> superseded_by(const run::RunState& state) const;

  /// Older unfinished runs of the export without an intent: they end in the transaction of the run's first intent.
  std::vector<RunHandle> superseded_with(const run::RunState& state) const;

  /// Whether a run without an intent may have its first one now.
  bool may_begin(const Run& run) const;

 private:
  const RunBook::Runs& of_export(const run::RunState& state) const;
  bool same_export(const run::RunState& a, const run::RunState& b) const;

  const RunBook& book_;
};

}  // namespace delivery
