#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "kafka/error.hpp"
#include "kafka/reported_producer.hpp"
#include "kafka/settings.hpp"

namespace kafka {

/// Publishes by key without a loop, for the command line: idempotent, in order per partition.
///
/// Threads: one. Destroying it drops what flush() has not seen acknowledged. Errors: the constructor throws
/// std::runtime_error as Client does.
class Publisher {
 public:
  Publisher(const Settings& settings, Hooks hooks);

  /// Takes a record over; a value of none is a tombstone, without a partition the key decides. Waits while the buffer
  /// is full, as long as it drains.
  ///
  /// Errors: this record's, or the first that an earlier one met, which then stays.
  Result<void> publish(const std::string& topic, std::string_view key, std::optional<std::string_view> value,
                       std::string_view trace_parent = {}, std::optional<std::int32_t> partition = {});

  /// Ends when all that was taken over is acknowledged. Errors: `unreachable` after `longest`; may be called again
  /// then.
  Result<void> flush(std::chrono::milliseconds longest);

  std::uint64_t acknowledged() const { return acknowledged_; }

 private:
  void count();
  std::optional<Error> failure() const;

  Settings settings_;
  ReportedProducer producer_;
  std::uint64_t acknowledged_ = 0;
};

}  // namespace kafka
