#pragma once

#include "cli/command.hpp"
#include "cli/follow.hpp"
#include "cli/input_options.hpp"
#include "cli/job_options.hpp"
#include "cli/output_format.hpp"
#include "cli/run_publisher.hpp"
#include "config/worker.hpp"

namespace cli {

/// `run`: publishes a job and its people from files, then follows it to its receipt.
class RunCommand : public Command {
 public:
  std::string name() const override { return "run"; }
  void describe(CLI::App& app) override;
  ExitCode run(const config::Sources& sources) override;

 private:
  ExitCode publish_and_follow(const config::Worker& settings, run::ExportJob job, std::vector<CheckedInput>& inputs,
                              std::size_t per_record);

  ExitCode say_what_would_be(const config::Worker& settings, const run::ExportJob& job,
                             std::vector<CheckedInput>& inputs) const;

  InputOptions input_;
  JobOptions job_;
  std::string records_ = "many";
  TimeoutOption timeout_;
  bool dry_run_ = false;
  bool no_follow_ = false;
  OutputFormat format_ = OutputFormat::text;
};

}  // namespace cli
