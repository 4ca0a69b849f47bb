#pragma once

#include "cli/command.hpp"
#include "cli/input_options.hpp"
#include "cli/output_format.hpp"
#include "intake/run_decider.hpp"

namespace cli {

/// `check`: what intake would decide about the people in files; needs no Kafka.
class CheckCommand : public Command {
 public:
  std::string name() const override { return "check"; }
  void describe(CLI::App& app) override;
  ExitCode run(const config::Sources& sources) override;

 private:
  ExitCode decide(intake::RunDecider& decider, std::vector<CheckedInput>& inputs, MemberColumns columns) const;
  void print(const intake::RunDecider& decider) const;

  InputOptions input_;
  bool rows_ = false;
  bool show_addresses_ = false;
  OutputFormat format_ = OutputFormat::text;
};

}  // namespace cli
