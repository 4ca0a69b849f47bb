#pragma once

#include <chrono>
#include <optional>

#include "cli/progress_bar.hpp"
#include "run/event.hpp"

namespace cli {

/// What `export-results` says about one run, whatever order and repeats its events come in.
///
/// Of an instance the highest sequence counts; of several instances (a run id that was used again) the latest.
class RunView {
 public:
  explicit RunView(run::RunId run) : run_{std::move(run)} {}

  /// True if it was news about this run.
  bool take(const run::ResultEvent& event);

  const std::optional<run::ResultEvent>& latest() const { return latest_; }

  /// None while the run has not ended.
  const run::RunCompleted* completed() const;

 private:
  run::RunId run_;
  std::optional<run::ResultEvent> latest_;
};

/// What a person who waits for the run sees; `latest`: nothing was heard of it yet.
Progress progress_of(const std::optional<run::ResultEvent>& latest, std::chrono::milliseconds elapsed);

}  // namespace cli
