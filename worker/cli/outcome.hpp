#pragma once

#include <string>

#include "cli/exit_code.hpp"
#include "kafka/error.hpp"
#include "run/reason.hpp"

namespace cli {

/// How a command ends and what it says to a person.
struct Ending {
  ExitCode code = ExitCode::success;
  std::string text;
};

Ending ending_of(const kafka::Error& error);

/// How a command that waited for a run ends, by the run's status; one that is not final is `still_waiting`.
ExitCode exit_code_of(run::RunStatus status);

}  // namespace cli
