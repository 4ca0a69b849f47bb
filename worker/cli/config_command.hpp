#pragma once

#include "cli/command.hpp"
#include "cli/output_format.hpp"

namespace cli {

/// `config check`: each setting's value and source, or every mistake.
class ConfigCommand : public Command {
 public:
  std::string name() const override { return "config"; }
  void describe(CLI::App& app) override;
  ExitCode run(const config::Sources& sources) override;

 private:
  OutputFormat format_ = OutputFormat::text;
};

}  // namespace cli
