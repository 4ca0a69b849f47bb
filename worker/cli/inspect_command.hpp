#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "cli/command.hpp"
#include "cli/inspect_target.hpp"
#include "config/worker.hpp"

namespace cli {

/// `inspect`: the records of a topic, decoded.
class InspectCommand : public Command {
 public:
  std::string name() const override { return "inspect"; }
  void describe(CLI::App& app) override;
  ExitCode run(const config::Sources& sources) override;

 private:
  ExitCode print(const config::Worker& settings, const InspectTarget& target, const kafka::ReadFrom& from) const;

  std::string target_;
  std::string from_ = "start";
  std::optional<std::uint64_t> limit_{};
  bool follow_ = false;
  bool show_addresses_ = false;
};

/// A record as a line of JSON; one that cannot be read is named as such.
std::string inspected(const InspectTarget& target, const kafka::ReadRecord& record, wire::PersonalData personal_data);

}  // namespace cli
