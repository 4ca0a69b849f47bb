#include "cli/outcome.hpp"

namespace cli {

ExitCode exit_code_of(run::RunStatus status) {
  switch (status) {
    case run::RunStatus::successful:
      return ExitCode::success;
    case run::RunStatus::completed_with_warnings:
      return ExitCode::warnings;
    case run::RunStatus::skipped:
    case run::RunStatus::canceled:
      return ExitCode::not_sent;
    case run::RunStatus::failed:
      return ExitCode::run_failed;
    case run::RunStatus::not_started:
    case run::RunStatus::queued:
    case run::RunStatus::processing:
    case run::RunStatus::retrying:
      return ExitCode::still_waiting;
  }
  return ExitCode::internal_error;
}

}  // namespace cli
