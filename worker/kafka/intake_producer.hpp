#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "intake/decided_sink.hpp"
#include "kafka/reported_producer.hpp"
#include "kafka/settings.hpp"

namespace kafka {

/// Intake's producer: idempotent, never gives up on a record while the process lives.
///
/// Threads: the intake loop only. Destroying it drops what was not acknowledged. Errors: the constructor throws
/// std::runtime_error as Client does.
class IntakeProducer : public intake::DecidedSink {
 public:
  IntakeProducer(const Settings& settings, Hooks hooks);

  bool produce(std::uint64_t ticket, const intake::Destination& to, std::string value,
               std::string trace_parent) override;
  std::optional<std::uint64_t> acknowledged() override;
  const std::optional<std::string>& failed() const override { return failure_; }

 private:
  TopicNames topics_;
  ReportedProducer producer_;
  std::optional<std::string> failure_;
};

}  // namespace kafka
