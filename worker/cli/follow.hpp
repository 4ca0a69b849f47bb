#pragma once

#include <chrono>
#include <optional>
#include <string>

#include "cli/exit_code.hpp"
#include "cli/interruption.hpp"
#include "cli/outcome.hpp"
#include "cli/output_format.hpp"
#include "cli/progress_bar.hpp"
#include "cli/run_view.hpp"
#include "config/worker.hpp"
#include "kafka/topic_reader.hpp"

namespace cli {

/// `--timeout 30s`, `5m`, `1h30m`; none where it is not given.
struct TimeoutOption {
  std::string text;
  std::optional<std::chrono::nanoseconds> duration{};

  /// What is wrong with it; empty if nothing.
  std::string parse();
};

/// Reads all that `export-results` says about the run; `results` then stands where following goes on.
kafka::Result<void> read_run(const config::Worker& settings, kafka::TopicReader& results, RunView& view,
                             const run::RunId& run);

/// What to say where that was nothing.
Ending nothing_known(const run::RunId& run);

/// Takes a record of `export-results` into the view; true if it was news.
bool take_result(RunView& view, const run::RunId& run, const kafka::ReadRecord& record);

/// Waits for the end of a run with a progress bar and prints the receipt; the exit code tells its outcome.
///
/// Goes on where `results` is; says how to follow again where it gives up.
ExitCode follow(kafka::TopicReader& results, RunView& view, const run::RunId& run,
                std::optional<std::chrono::nanoseconds> timeout, OutputFormat format, ProgressBar& bar,
                const Interruption& interruption);

/// Prints the run's receipt, or its state while it has not ended.
ExitCode print_run(const RunView& view, OutputFormat format);

/// What the end of `--timeout` means.
Ending timed_out(const RunView& view, const run::RunId& run);

std::string how_to_follow(const run::RunId& run);

}  // namespace cli
