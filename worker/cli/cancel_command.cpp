#include "cli/cancel_command.hpp"

#include <CLI/CLI.hpp>

namespace cli {
namespace {

constexpr const char* examples = R"(
Examples:
  segment-export cancel run-20261125T021500Z-4f2a9c01
  segment-export cancel run-20261125T021500Z-4f2a9c01 --why "wrong list" --no-follow
)";

}  // namespace

RunOrderCommand::Texts CancelCommand::texts() const {
  return {"Send nothing more of a run, follow what is on its way, print the receipt.", examples};
}

void CancelCommand::describe_more(CLI::App& app) {
  app.add_option("--why", why_, "For those who look at it later")->type_name("TEXT");
}

std::string objection_to_cancel(const RunView& view) {
  const auto* completed = view.completed();
  if (completed == nullptr) return "";
  return "the run has ended already: " + std::string{run::name(completed->status)} +
         "; what was sent cannot be recalled";
}

run::ControlRecord CancelCommand::order(const run::RunInstance& instance, const std::string& by) const {
  return run::CancelRun{instance, by, why_};
}

ExitCode CancelCommand::code_of(ExitCode outcome, const RunView& view) const {
  const auto* completed = view.completed();
  return completed != nullptr && completed->status == run::RunStatus::canceled ? ExitCode::success : outcome;
}

}  // namespace cli
