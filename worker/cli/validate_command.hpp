#pragma once

#include <string>

#include "cli/command.hpp"
#include "cli/output_format.hpp"

namespace cli {

/// `validate`: what would become of recorded messages, without Kafka.
class ValidateCommand : public Command {
 public:
  std::string name() const override { return "validate"; }
  void describe(CLI::App& app) override;
  ExitCode run(const config::Sources& sources) override;

 private:
  std::string file_;
  OutputFormat format_ = OutputFormat::text;
};

}  // namespace cli
