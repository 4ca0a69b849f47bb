#pragma once

#include <cstdint>
#include <deque>
#include <memory>
#include <optional>
#include <string>

#include "intake/decided_sink.hpp"
#include "kafka/client.hpp"
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
  const std::optional<std::string>& failed() const override { return reports_->failure; }

 private:
  struct Reports {
    std::deque<std::uint64_t> acknowledged;
    std::optional<std::string> failure;
  };
  static void on_delivery(const rd_kafka_message_s& message, void* owner);

  TopicNames topics_;
  std::unique_ptr<Reports> reports_;
  Client client_;
};

}  // namespace kafka
