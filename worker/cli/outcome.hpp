#pragma once

#include "cli/exit_code.hpp"
#include "run/reason.hpp"

namespace cli {

/// How a command that waited for a run ends, by the run's status; one that is not final is `still_waiting`.
ExitCode exit_code_of(run::RunStatus status);

}  // namespace cli
