#include "cli/commands.hpp"

#include "cli/cancel_command.hpp"
#include "cli/check_command.hpp"
#include "cli/config_command.hpp"
#include "cli/connection_command.hpp"
#include "cli/inspect_command.hpp"
#include "cli/release_command.hpp"
#include "cli/run_command.hpp"
#include "cli/topics_command.hpp"
#include "cli/validate_command.hpp"
#include "cli/watch_command.hpp"

namespace cli {

std::vector<std::unique_ptr<Command>> all_commands() {
  std::vector<std::unique_ptr<Command>> commands;
  commands.push_back(std::make_unique<RunCommand>());
  commands.push_back(std::make_unique<WatchCommand>());
  commands.push_back(std::make_unique<CancelCommand>());
  commands.push_back(std::make_unique<ReleaseCommand>());
  commands.push_back(std::make_unique<CheckCommand>());
  commands.push_back(std::make_unique<ValidateCommand>());
  commands.push_back(std::make_unique<ConnectionCommand>());
  commands.push_back(std::make_unique<TopicsCommand>());
  commands.push_back(std::make_unique<ConfigCommand>());
  commands.push_back(std::make_unique<InspectCommand>());
  return commands;
}

}  // namespace cli
