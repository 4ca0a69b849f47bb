#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "cli/exit_code.hpp"
#include "cli/outcome.hpp"
#include "config/worker.hpp"
#include "kafka/error.hpp"
#include "kafka/settings.hpp"

namespace cli {

/// Tells a person something that is no mistake.
void notice(std::string_view text);

/// Says to a person what is wrong, and how the command therefore ends.
ExitCode complain(ExitCode code, std::string_view problem);
ExitCode complain(ExitCode code, const std::vector<std::string>& problems);
ExitCode complain(const Ending& ending);
ExitCode complain(const kafka::Error& error);

/// The settings; none after every mistake in them was told (ExitCode::configuration).
std::optional<config::Worker> settings_or_complain(const config::Sources& sources, config::Use use);

/// For the clients of a command: what they have to say is written only where log.level is debug, since what matters
/// comes back as an error.
kafka::Hooks hooks_for(const config::Worker& settings);

}  // namespace cli
