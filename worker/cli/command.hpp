#pragma once

#include <string>

#include "cli/exit_code.hpp"
#include "config/sources.hpp"

namespace CLI {
class App;
}

namespace cli {

/// One subcommand: adds itself to the command line and is run if it was chosen.
class Command {
 public:
  virtual ~Command() = default;

  virtual std::string name() const = 0;

  /// Adds options, positionals and commands of its own to `app`, the subcommand that bears its name. The command fills
  /// its own members from them, so it outlives the parsing.
  ///
  /// The settings are options of the whole program already and may stand after the command's name.
  virtual void describe(CLI::App& app) = 0;

  /// Reads the settings that it needs from `sources` and says what is wrong with them itself.
  virtual ExitCode run(const config::Sources& sources) = 0;
};

}  // namespace cli
