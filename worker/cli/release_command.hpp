#pragma once

#include "cli/run_order_command.hpp"

namespace cli {

/// Why the run cannot be released as it stands; empty if it can.
std::string objection_to_release(const RunView& view);

/// `release`: a run that is held above its cap is sent, its first people up to the cap.
class ReleaseCommand : public RunOrderCommand {
 public:
  std::string name() const override { return "release"; }

 protected:
  Texts texts() const override;
  std::string objection(const RunView& view) const override { return objection_to_release(view); }
  run::ControlRecord order(const run::RunInstance& instance, const std::string& by) const override;
};

}  // namespace cli
