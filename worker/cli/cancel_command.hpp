#pragma once

#include "cli/run_order_command.hpp"

namespace cli {

/// Why the run cannot be cancelled as it stands; empty if it can.
std::string objection_to_cancel(const RunView& view);

/// `cancel`: nothing more of a run is sent; the receipt says what had been sent and cannot be recalled.
class CancelCommand : public RunOrderCommand {
 public:
  std::string name() const override { return "cancel"; }

 protected:
  Texts texts() const override;
  void describe_more(CLI::App& app) override;
  std::string objection(const RunView& view) const override { return objection_to_cancel(view); }
  run::ControlRecord order(const run::RunInstance& instance, const std::string& by) const override;
  ExitCode code_of(ExitCode outcome, const RunView& view) const override;

 private:
  std::string why_;
};

}  // namespace cli
