#pragma once

#include <cstdint>
#include <deque>
#include <memory>
#include <optional>
#include <string>

#include "kafka/client.hpp"
#include "kafka/settings.hpp"

namespace kafka {

/// An idempotent producer without transactions that remembers what became of its records; for .cpp files of this room
/// to produce with.
///
/// Threads: one. Reports come in while it is polled or flushed. Destroying it drops what was not acknowledged. Errors:
/// the constructor throws std::runtime_error as Client does.
class ReportedProducer {
 public:
  ReportedProducer(const Settings& settings, Hooks hooks);

  rd_kafka_s* get() const { return client_.get(); }

  /// What a record is produced with, to be found again in acknowledged().
  static void* opaque_of(std::uint64_t ticket);

  /// Tickets of acknowledged records; the caller takes them out.
  std::deque<std::uint64_t>& acknowledged() { return reports_->acknowledged; }

  /// The first record that was given up.
  struct Failure {
    int code = 0;
    std::string topic;
  };
  const std::optional<Failure>& failure() const { return reports_->failure; }

 private:
  struct Reports {
    std::deque<std::uint64_t> acknowledged;
    std::optional<Failure> failure;
  };
  static void on_delivery(const rd_kafka_message_s& message, void* owner);

  std::unique_ptr<Reports> reports_;
  Client client_;
};

}  // namespace kafka
