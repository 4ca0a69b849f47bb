#pragma once

#include "cli/command.hpp"
#include "cli/follow.hpp"
#include "cli/output_format.hpp"

namespace cli {

/// `watch`: a run's state, and its receipt when it has ended.
class WatchCommand : public Command {
 public:
  std::string name() const override { return "watch"; }
  void describe(CLI::App& app) override;
  ExitCode run(const config::Sources& sources) override;

 private:
  std::string run_id_;
  TimeoutOption timeout_;
  bool no_follow_ = false;
  OutputFormat format_ = OutputFormat::text;
};

}  // namespace cli
