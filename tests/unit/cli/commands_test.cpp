#include "cli/commands.hpp"

#include <CLI/CLI.hpp>
#include <gmock/gmock.h>

namespace cli {
namespace {

using testing::HasSubstr;

/// The help of a command and of its own commands.
std::string help_of(Command& command) {
  CLI::App program;
  CLI::App* app = program.add_subcommand(command.name());
  command.describe(*app);
  std::string text;
  const auto parts = app->get_subcommands([](CLI::App*) { return true; });
  if (parts.empty()) text = app->help();
  for (const CLI::App* part : parts) text += part->help();
  return text;
}

TEST(Commands, AreThoseOfTheHelp) {
  std::vector<std::string> names;
  for (const auto& command : all_commands()) names.push_back(command->name());
  EXPECT_THAT(names, testing::ElementsAre("run", "watch", "cancel", "release", "check", "validate", "connection",
                                          "topics", "config", "inspect"));
}

TEST(Commands, ShowExamplesAndWhereSettingsAreExplained) {
  for (const auto& command : all_commands()) {
    const std::string help = help_of(*command);
    EXPECT_THAT(help, HasSubstr("\nExamples:\n  segment-export ")) << command->name();
    EXPECT_THAT(help, HasSubstr("'segment-export worker --help'")) << command->name();
  }
}

}  // namespace
}  // namespace cli
