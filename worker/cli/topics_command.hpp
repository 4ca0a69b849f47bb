#pragma once

#include <cstdint>
#include <optional>

#include "cli/command.hpp"
#include "cli/output_format.hpp"
#include "cli/topics_plan.hpp"
#include "config/worker.hpp"
#include "kafka/admin.hpp"

namespace cli {

/// `topics create` and `topics check`: the topics that workers need.
class TopicsCommand : public Command {
 public:
  std::string name() const override { return "topics"; }
  void describe(CLI::App& app) override;
  ExitCode run(const config::Sources& sources) override;

 private:
  struct Look {
    TopicsPlan plan;
    std::optional<run::Layout> recorded;
  };

  kafka::Result<Look> look(const config::Worker& settings, kafka::Admin& admin) const;
  ExitCode create(const config::Worker& settings, kafka::Admin& admin, const Look& look) const;
  ExitCode check(const Look& look) const;
  void print_plan(const Look& look) const;

  CLI::App* create_ = nullptr;
  bool print_ = false;
  std::int32_t partitions_ = 4;
  std::optional<std::int16_t> replication_{};
  OutputFormat format_ = OutputFormat::text;
};

}  // namespace cli
