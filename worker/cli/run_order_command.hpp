#pragma once

#include <string>

#include "cli/command.hpp"
#include "cli/follow.hpp"
#include "cli/output_format.hpp"
#include "cli/run_view.hpp"
#include "config/worker.hpp"
#include "run/control.hpp"

namespace cli {

/// An order about one run, written to `export-control`; then the run is followed to its end.
class RunOrderCommand : public Command {
 public:
  void describe(CLI::App& app) override;
  ExitCode run(const config::Sources& sources) override;

 protected:
  struct Texts {
    const char* description;
    const char* examples;
  };
  virtual Texts texts() const = 0;
  /// Options beside those that all orders have.
  virtual void describe_more(CLI::App& /*app*/) {}
  /// Why the order makes no sense for the run as it stands; empty if it does.
  virtual std::string objection(const RunView& view) const = 0;
  virtual run::ControlRecord order(const run::RunInstance& instance, const std::string& by) const = 0;
  /// What the run's end means for whoever gave the order.
  virtual ExitCode code_of(ExitCode outcome, const RunView& view) const;

 private:
  ExitCode give_order(const config::Worker& settings, kafka::TopicReader& results, RunView& view);

  std::string run_id_;
  std::string by_;
  TimeoutOption timeout_;
  bool no_follow_ = false;
  OutputFormat format_ = OutputFormat::text;
};

}  // namespace cli
