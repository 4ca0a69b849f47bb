#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <variant>

namespace intake {

/// Where something that intake writes goes.
struct ToOutbox {
  std::string application;  ///< Key, and so the partition.
};
struct ToRejects {
  std::string key;
};
struct ToInput {
  std::int32_t partition = 0;  ///< A Tick.
};
using Destination = std::variant<ToOutbox, ToRejects, ToInput>;

/// What intake asks of its producer: idempotent, ordered per partition, waits without limit.
///
/// Real: kafka::IntakeProducer. Fake: tests/support. Threads: the intake loop only.
class DecidedSink {
 public:
  virtual ~DecidedSink() = default;

  /// Takes a record, or says no while the queue is full: ask again after `acknowledged`. Tickets ascend.
  virtual bool produce(std::uint64_t ticket, const Destination& to, std::string value, std::string trace_parent) = 0;

  /// The next ticket that the brokers acknowledged (in any order), if there is one; serves the producer.
  virtual std::optional<std::uint64_t> acknowledged() = 0;

  /// Set once a record can never be delivered, or the producer is dead: the process must be left without a commit.
  virtual const std::optional<std::string>& failed() const = 0;
};

}  // namespace intake
