#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "delivery/log.hpp"
#include "support/memory_kafka.hpp"

namespace support {

/// Delivery's consumer group in a simulated process.
class MemoryDeliveryGroup : public delivery::Group {
 public:
  explicit MemoryDeliveryGroup(std::shared_ptr<KafkaProcess> process);

  boost::asio::awaitable<delivery::GroupEvent> next() override;
  void accept() override;
  boost::asio::awaitable<delivery::Result<std::optional<std::int64_t>>> committed(std::int32_t partition) override;
  boost::asio::awaitable<delivery::CommitAnswer> commit(std::int32_t partition, std::int64_t offset) override;

 private:
  std::shared_ptr<KafkaProcess> process_;
  MemoryGroup& group_;
  std::shared_ptr<GroupMember> member_;
  bool release_at_accept_ = false;
};

class MemoryOutbox : public delivery::Outbox {
 public:
  explicit MemoryOutbox(std::shared_ptr<KafkaProcess> process) : process_{std::move(process)} {}

  boost::asio::awaitable<delivery::Result<delivery::LogBounds>> bounds(std::int32_t partition) override;
  std::unique_ptr<delivery::LogCursor> follow(std::int32_t partition, std::int64_t from) override;
  boost::asio::awaitable<delivery::Result<delivery::LogRecord>> fetch(std::int32_t partition,
                                                                      std::int64_t offset) override;

 private:
  std::shared_ptr<KafkaProcess> process_;
};

/// The journal and its transactional producers.
class MemoryJournal : public delivery::JournalLog {
 public:
  explicit MemoryJournal(std::shared_ptr<KafkaProcess> process) : process_{std::move(process)} {}

  boost::asio::awaitable<delivery::Result<std::unique_ptr<delivery::Transactor>>> claim(
      std::int32_t partition) override;
  boost::asio::awaitable<delivery::Result<std::vector<delivery::LogRecord>>> read_all(std::int32_t partition) override;

 private:
  std::shared_ptr<KafkaProcess> process_;
};

/// A compacted topic, its partitions mixed as the seed has it.
class MemoryTableFeed : public delivery::TableFeed {
 public:
  MemoryTableFeed(std::shared_ptr<KafkaProcess> process, std::string topic);

  boost::asio::awaitable<delivery::LogRecord> next() override;
  boost::asio::awaitable<delivery::Result<void>> caught_up() override;

 private:
  std::shared_ptr<KafkaProcess> process_;
  std::string topic_;
  std::vector<std::int64_t> positions_;
  Bell handed_out_;
};

class MemoryPlainWriter : public delivery::PlainWriter {
 public:
  explicit MemoryPlainWriter(std::shared_ptr<KafkaProcess> process) : process_{std::move(process)} {}

  boost::asio::awaitable<delivery::Result<void>> write(delivery::Outgoing record) override;

 private:
  std::shared_ptr<KafkaProcess> process_;
};

}  // namespace support
