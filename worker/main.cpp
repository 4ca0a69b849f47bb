#include <algorithm>
#include <exception>
#include <iostream>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include <CLI/CLI.hpp>

#include "app/version.hpp"
#include "app/worker_command.hpp"
#include "cli/commands.hpp"
#include "cli/exit_code.hpp"
#include "config/flags.hpp"
#include "config/nearest.hpp"
#include "config/sources.hpp"
#include "config/worker.hpp"

namespace {

using cli::ExitCode;

constexpr const char* examples = R"(
Examples:
  segment-export topics create --brokers broker.example:9092
  segment-export worker --config worker.toml
  segment-export run --input people.csv --connection demo --list LIST-ID --map email=EMail
  segment-export watch RUN-ID

Every setting is a flag of every command; 'segment-export worker --help' lists them.
)";

struct Choice {
  CLI::App* app = nullptr;
  std::unique_ptr<cli::Command> command;
};

std::vector<Choice> add_commands(CLI::App& program) {
  std::vector<std::unique_ptr<cli::Command>> commands = cli::all_commands();
  commands.insert(commands.begin(), std::make_unique<app::WorkerCommand>());
  std::vector<Choice> choices;
  for (auto& command : commands) {
    CLI::App* added = program.add_subcommand(command->name());
    command->describe(*added);
    choices.push_back({added, std::move(command)});
  }
  return choices;
}

/// CLI11 names no option that its help hides, as it hides the settings.
std::optional<std::string> flag_without_value(const std::vector<std::string>& arguments,
                                              const std::vector<config::Setting>& settings) {
  for (std::size_t i = 0; i < arguments.size(); ++i) {
    const auto is_flag = [&](const config::Setting& setting) {
      return config::flag_name(setting.name) == arguments[i];
    };
    if (std::ranges::none_of(settings, is_flag)) continue;
    if (i + 1 == arguments.size() || arguments[i + 1].starts_with("--")) return arguments[i];
  }
  return std::nullopt;
}

ExitCode which_command(const CLI::App& program, const std::vector<Choice>& choices) {
  std::vector<std::string> names;
  for (const Choice& choice : choices) names.push_back(choice.command->name());
  const auto arguments = program.remaining();
  const auto word = std::ranges::find_if(arguments, [](const std::string& each) { return !each.starts_with("-"); });
  if (word == arguments.end()) {
    std::cerr << "segment-export: which command? --help lists them\n";
  } else {
    std::cerr << "segment-export: no such command" << config::did_you_mean(*word, names) << " (--help lists them)\n";
  }
  return ExitCode::usage;
}

ExitCode run_chosen(const CLI::App& program, const std::vector<Choice>& choices, config::Flags& flags) {
  const auto chosen = std::ranges::find_if(choices, [](const Choice& choice) { return choice.app->parsed(); });
  if (chosen == choices.end()) return which_command(program, choices);
  const config::Mistakes mistakes = flags.take_remaining(program);
  for (const config::Mistake& mistake : mistakes) std::cerr << "segment-export: " << mistake.text() << '\n';
  if (!mistakes.empty()) return ExitCode::usage;
  return chosen->command->run(config::gather(flags.given(), flags.config_file()));
}

ExitCode parse_and_run(int argument_count, char** arguments) {
  CLI::App program{"Sends the people of a segment to a Constant Contact list.", "segment-export"};
  // Inherited by the commands: settings may stand after a command's name, and what nobody takes is judged by Flags.
  program.fallthrough();
  program.allow_extras();
  program.require_subcommand(0, 1);
  program.set_version_flag("--version", std::string{app::version()});
  const std::vector<config::Setting> settings = config::worker_settings();
  config::Flags flags{program, settings};
  const std::vector<Choice> choices = add_commands(program);
  program.footer(cli::exit_code_help() + examples);  // Only now: commands inherit it.
  try {
    program.parse(argument_count, arguments);
  } catch (const CLI::ArgumentMismatch& mismatch) {
    const auto flag = flag_without_value({arguments + 1, arguments + argument_count}, settings);
    if (flag) {
      std::cerr << "segment-export: " << *flag << ": needs a value\n";
    } else {
      program.exit(mismatch);
    }
    return ExitCode::usage;
  } catch (const CLI::ParseError& stop) {
    return program.exit(stop) == 0 ? ExitCode::success : ExitCode::usage;
  }
  return run_chosen(program, choices, flags);
}

}  // namespace

int main(int argument_count, char** arguments) {
  try {
    return static_cast<int>(parse_and_run(argument_count, arguments));
  } catch (const std::exception& failure) {
    std::cerr << "segment-export: " << failure.what() << '\n';
    return static_cast<int>(ExitCode::internal_error);
  }
}
