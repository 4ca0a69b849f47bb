#pragma once

#include <chrono>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "cli/progress_bar.hpp"
#include "run/event.hpp"

namespace cli {

/// What `export-results` says about one run, whatever order and repeats its events come in.
///
/// Of an instance the highest sequence counts; of several instances (a run id that was used again) the latest that was
/// no REPEATED_RUN: a repeat was refused at once, and what became of the people stands at the run that it repeats.
class RunView {
 public:
  explicit RunView(run::RunId run) : run_{std::move(run)} {}

  /// True if what is shown changed.
  bool take(const run::ResultEvent& event);

  const std::optional<run::ResultEvent>& latest() const { return latest_; }

  /// None while the run has not ended.
  const run::RunCompleted* completed() const;

  /// Instances after the shown one that were skipped because they repeat it; the oldest first.
  const std::vector<run::RunInstance>& repeats() const { return repeats_; }

 private:
  using Age = std::pair<std::int64_t, std::int32_t>;  ///< Offset and partition of the job.

  run::RunId run_;
  std::map<Age, run::ResultEvent> instances_;
  std::optional<run::ResultEvent> latest_;
  std::vector<run::RunInstance> repeats_;
};

/// One line for a person, to stand below the run; empty where the run id was used once.
std::string repeats_text(const std::vector<run::RunInstance>& repeats);

/// What a person who waits for the run sees; `latest`: nothing was heard of it yet.
Progress progress_of(const std::optional<run::ResultEvent>& latest, std::chrono::milliseconds elapsed);

}  // namespace cli
