#pragma once

#include "cli/command.hpp"
#include "cli/connection_options.hpp"
#include "cli/output_format.hpp"
#include "config/worker.hpp"

namespace cli {

/// `connection add` and `connection list`: the accounts that may be sent to.
class ConnectionCommand : public Command {
 public:
  std::string name() const override { return "connection"; }
  void describe(CLI::App& app) override;
  ExitCode run(const config::Sources& sources) override;

 private:
  ExitCode add(const config::Worker& settings) const;
  ExitCode list(const config::Worker& settings) const;

  CLI::App* add_ = nullptr;
  ConnectionOptions options_;
  OutputFormat format_ = OutputFormat::text;
};

}  // namespace cli
