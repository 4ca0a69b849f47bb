#pragma once

#include <chrono>
#include <cstdint>
#include <deque>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "intake/decided_sink.hpp"
#include "intake/input_source.hpp"
#include "support/memory_kafka.hpp"

namespace support {

/// Intake's consumer in a simulated process. poll() never waits: who drives the process lets time go on in between.
class MemoryInputSource : public intake::InputSource {
 public:
  explicit MemoryInputSource(std::shared_ptr<KafkaProcess> process);

  intake::SourceEvent poll(std::chrono::milliseconds wait) override;
  void start(const std::vector<Start>& starts) override;
  void release() override;
  std::optional<intake::InputRecord> read(std::int32_t partition) override;
  std::int64_t position(std::int32_t partition) override;
  std::optional<std::int64_t> offset_at(std::int32_t partition, run::UtcTime time) override;
  std::optional<run::UtcTime> time_at(std::int32_t partition, std::int64_t offset) override;
  void commit(std::int32_t partition, std::int64_t offset, const std::string& metadata) override;
  void finish_commits(std::chrono::milliseconds wait) override;

  /// Nothing to read and nothing to hear of, as far as this process can know.
  bool is_idle() const;

 private:
  struct Reading {
    std::int64_t position = 0;
    std::int64_t fetched = 0;  ///< Up to where records have arrived here.
    bool fetching = false;
    std::optional<MemoryGroup::Committed> to_commit{};
    std::uint64_t committing = 0;  ///< Number of the commit that is on its way; 0: none.
  };
  /// Shared with what is on its way, which may arrive when the consumer is gone.
  struct State {
    std::shared_ptr<KafkaProcess> process;
    MemoryGroup& group;
    GroupMember member;
    std::map<std::int32_t, Reading> reading{};
    std::uint64_t commits = 0;
  };

  MemoryLog& log(std::int32_t partition) const { return state_->process->kafka().log(topic::exports, partition); }
  intake::AssignedPartition describe(std::int32_t partition) const;
  void fetch(std::int32_t partition);
  static void send_commit(const std::shared_ptr<State>& state, std::int32_t partition);

  std::shared_ptr<State> state_;
};

/// Intake's producer in a simulated process: idempotent, in order per partition.
class MemoryDecidedSink : public intake::DecidedSink {
 public:
  /// `message_timeout`: after which a record that has not arrived is given up; 0: never.
  explicit MemoryDecidedSink(std::shared_ptr<KafkaProcess> process, std::size_t queue_limit = 1'000,
                             std::chrono::milliseconds message_timeout = {});

  bool produce(std::uint64_t ticket, const intake::Destination& to, std::string value,
               std::string trace_parent) override;
  std::optional<std::uint64_t> acknowledged() override;
  const std::optional<std::string>& failed() const override { return state_->failed; }

  std::size_t in_flight() const { return state_->in_flight; }

 private:
  struct State {
    std::deque<std::uint64_t> acknowledged{};
    std::size_t in_flight = 0;
    std::optional<std::string> failed{};
  };

  std::shared_ptr<KafkaProcess> process_;
  std::size_t queue_limit_;
  std::chrono::milliseconds message_timeout_;
  std::shared_ptr<State> state_ = std::make_shared<State>();
  /// When the last record sent to a partition arrives: no later one may overtake it.
  std::map<std::pair<std::string, std::int32_t>, std::chrono::nanoseconds> last_arrival_;
};

}  // namespace support
