#pragma once

#include "cli/command.hpp"

namespace app {

/// `worker`: exports until it is told to end.
class WorkerCommand : public cli::Command {
 public:
  std::string name() const override { return "worker"; }
  void describe(CLI::App& app) override;
  cli::ExitCode run(const config::Sources& sources) override;
};

}  // namespace app
