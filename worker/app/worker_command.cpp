#include "app/worker_command.hpp"

#include <iostream>

#include <CLI/CLI.hpp>

#include "app/worker.hpp"
#include "config/help.hpp"
#include "config/worker.hpp"

namespace app {

void WorkerCommand::describe(CLI::App& app) {
  app.description("Take export jobs from Kafka and send their people to Constant Contact, until SIGTERM or SIGINT.");
  app.footer(config::help_text(config::worker_settings()));
}

cli::ExitCode WorkerCommand::run(const config::Sources& sources) {
  const auto settings = config::load(sources, config::Use::worker);
  if (!settings) {
    for (const config::Mistake& mistake : settings.error()) std::cerr << mistake.text() << '\n';
    return cli::ExitCode::configuration;
  }
  Worker worker{*settings, config::look_at(sources, config::Use::worker).entries};
  return worker.run();
}

}  // namespace app
