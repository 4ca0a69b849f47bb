#include "cli/release_command.hpp"

#include <variant>

namespace cli {
namespace {

constexpr const char* examples = R"(
Examples:
  segment-export release run-20261125T021500Z-4f2a9c01
  segment-export release run-20261125T021500Z-4f2a9c01 --by "Dana, on call" --no-follow
)";

}  // namespace

RunOrderCommand::Texts ReleaseCommand::texts() const {
  return {"Send a run that is held above its cap: its first people up to the cap. Follow it, print the receipt.",
          examples};
}

std::string objection_to_release(const RunView& view) {
  const auto* waits = std::get_if<run::RunChanged>(&view.latest()->what);
  if (waits != nullptr && waits->reason.reason == run::Reason::held_over_cap) return "";
  const auto status = waits != nullptr ? waits->status : view.completed()->status;
  return "the run is not held above its cap: it is " + std::string{run::name(status)};
}

run::ControlRecord ReleaseCommand::order(const run::RunInstance& instance, const std::string& by) const {
  return run::ReleaseRun{instance, by};
}

}  // namespace cli
