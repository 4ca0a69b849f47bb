#include "support/memory_kafka_delivery.hpp"

#include <algorithm>
#include <functional>
#include <string_view>
#include <utility>
#include <variant>

#include "support/memory_kafka_transactor.hpp"

namespace support {
namespace asio = boost::asio;
namespace {

delivery::LogRecord to_log_record(std::int32_t partition, const StoredRecord& stored) {
  return {stored.offset, stored.appended_at, stored.record.key, stored.record.value, partition};
}

delivery::Error failed_call() {
  return {delivery::NextStep::retry, run::Reason::kafka_unavailable, "the broker does not answer", {}};
}

class MemoryLogCursor : public delivery::LogCursor {
 public:
  MemoryLogCursor(std::shared_ptr<KafkaProcess> process, std::int32_t partition, std::int64_t from)
      : process_{std::move(process)},
        partition_{partition},
        log_{process_->kafka().log(topic::decided, partition)},
        position_{from} {}

  asio::awaitable<delivery::Result<delivery::LogRecord>> next() override {
    for (;;) {
      if (const auto* stored = log_.next(position_, fetched_)) {
        position_ = stored->offset + 1;
        co_return to_log_record(partition_, *stored);
      }
      position_ = std::max(position_, fetched_);
      while (log_.stable_end() <= position_) co_await log_.grown().wait();
      co_await process_->travel();
      fetched_ = log_.stable_end();
    }
  }

 private:
  std::shared_ptr<KafkaProcess> process_;
  std::int32_t partition_;
  MemoryLog& log_;
  std::int64_t position_;
  std::int64_t fetched_ = 0;
};

}  // namespace

MemoryDeliveryGroup::MemoryDeliveryGroup(std::shared_ptr<KafkaProcess> process)
    : process_{std::move(process)},
      group_{process_->kafka().group(topic::decided)},
      member_{std::make_shared<GroupMember>(group_)} {
  process_->on_death([weak = std::weak_ptr{member_}] {
    if (const auto member = weak.lock()) member->die();
  });
  process_->on_silence([weak = std::weak_ptr{member_}](std::chrono::nanoseconds duration) {
    if (const auto member = weak.lock()) member->cut_off(duration);
  });
}

asio::awaitable<delivery::GroupEvent> MemoryDeliveryGroup::next() {
  for (;;) {
    co_await process_->live();
    if (member_->has_event()) break;
    co_await member_->told().wait();
  }
  const auto event = member_->take_event().value();
  if (const auto* assigned = std::get_if<MemberAssigned>(&event)) {
    const delivery::GroupAssigned all{assigned->partitions};
    co_return all;
  }
  const auto& revoked = std::get<MemberRevoked>(event);
  if (revoked.lost) process_->kafka().count("a member lost its partitions");
  release_at_accept_ = true;
  const delivery::GroupRevoked gone{revoked.partitions, revoked.lost};
  co_return gone;
}

void MemoryDeliveryGroup::accept() {
  if (std::exchange(release_at_accept_, false)) member_->release();
}

asio::awaitable<delivery::Result<std::optional<std::int64_t>>> MemoryDeliveryGroup::committed(std::int32_t partition) {
  co_await process_->travel();
  if (process_->call_fails()) co_return failed_call();
  std::optional<std::int64_t> offset;
  if (const auto stored = group_.committed(partition)) offset = stored->offset;
  co_await process_->travel();
  co_return offset;
}

asio::awaitable<delivery::CommitAnswer> MemoryDeliveryGroup::commit(std::int32_t partition, std::int64_t offset) {
  const auto generation = member_->generation();
  co_await process_->travel();
  if (process_->call_fails()) co_return delivery::CommitAnswer::failed;
  const bool taken = member_->is_current(generation);
  const MemoryGroup::Committed committed{offset, {}};
  if (taken) group_.store(partition, committed);
  co_await process_->travel();
  co_return taken ? delivery::CommitAnswer::done : delivery::CommitAnswer::stale;
}

asio::awaitable<delivery::Result<delivery::LogBounds>> MemoryOutbox::bounds(std::int32_t partition) {
  co_await process_->travel();
  if (process_->call_fails()) co_return failed_call();
  const auto& log = process_->kafka().log(topic::decided, partition);
  const delivery::LogBounds bounds{log.start(), log.stable_end()};
  co_return bounds;
}

std::unique_ptr<delivery::LogCursor> MemoryOutbox::follow(std::int32_t partition, std::int64_t from) {
  return std::make_unique<MemoryLogCursor>(process_, partition, from);
}

asio::awaitable<delivery::Result<delivery::LogRecord>> MemoryOutbox::fetch(std::int32_t partition,
                                                                           std::int64_t offset) {
  co_await process_->travel();
  if (process_->call_fails()) co_return failed_call();
  const auto* stored = process_->kafka().log(topic::decided, partition).next(offset);
  if (stored != nullptr && stored->offset == offset) co_return to_log_record(partition, *stored);
  const delivery::Error gone{delivery::NextStep::reject, run::Reason::outbox_gap, "no record at the offset", {}};
  co_return gone;
}

asio::awaitable<delivery::Result<std::unique_ptr<delivery::Transactor>>> MemoryJournal::claim(std::int32_t partition) {
  co_await process_->travel();
  if (process_->call_fails()) co_return failed_call();
  auto transactor = std::make_unique<MemoryTransactor>(process_, partition);
  co_await process_->travel();
  co_return std::unique_ptr<delivery::Transactor>{std::move(transactor)};
}

asio::awaitable<delivery::Result<std::vector<delivery::LogRecord>>> MemoryJournal::read_all(std::int32_t partition) {
  auto& log = process_->kafka().log(topic::deliveries, partition);
  const auto end = log.end();
  // A transaction that somebody else left open holds back the end; its time-out frees it.
  while (log.stable_end() < end) co_await log.grown().wait();
  co_await process_->travel();
  if (process_->call_fails()) co_return failed_call();
  std::vector<delivery::LogRecord> records;
  const auto* stored = log.next(log.start(), end);
  for (; stored != nullptr; stored = log.next(stored->offset + 1, end))
    records.push_back(to_log_record(partition, *stored));
  co_return records;
}

MemoryTableFeed::MemoryTableFeed(std::shared_ptr<KafkaProcess> process, std::string topic)
    : process_{std::move(process)},
      topic_{std::move(topic)},
      positions_(static_cast<std::size_t>(process_->kafka().partitions(topic_)), 0),
      handed_out_{process_->kafka().time().loop().get_executor()} {}

asio::awaitable<delivery::LogRecord> MemoryTableFeed::next() {
  auto& kafka = process_->kafka();
  for (;;) {
    co_await process_->travel();
    const auto first = kafka.random().below(positions_.size());
    for (std::size_t step = 0; step < positions_.size(); ++step) {
      const auto partition = (first + step) % positions_.size();
      const auto& log = kafka.log(topic_, static_cast<std::int32_t>(partition));
      const auto* stored = log.next(positions_[partition]);
      positions_[partition] = stored != nullptr ? stored->offset + 1 : log.stable_end();
      if (stored == nullptr) continue;
      handed_out_.ring();
      co_return to_log_record(static_cast<std::int32_t>(partition), *stored);
    }
    handed_out_.ring();
    co_await kafka.topic_grown(topic_).wait();
  }
}

asio::awaitable<delivery::Result<void>> MemoryTableFeed::caught_up() {
  auto& kafka = process_->kafka();
  co_await process_->travel();
  if (process_->call_fails()) co_return failed_call();
  std::vector<std::int64_t> ends;
  for (std::size_t partition = 0; partition < positions_.size(); ++partition) {
    ends.push_back(kafka.log(topic_, static_cast<std::int32_t>(partition)).stable_end());
  }
  while (!std::equal(ends.begin(), ends.end(), positions_.begin(), std::less_equal<>{})) co_await handed_out_.wait();
  co_return delivery::Result<void>{};
}

asio::awaitable<delivery::Result<void>> MemoryPlainWriter::write(delivery::Outgoing record) {
  co_await process_->travel();
  MemoryRecord plain{std::move(record.key), std::move(record.value), std::move(record.trace_parent)};
  process_->kafka().append(topic_of(record.to), std::move(plain));
  co_await process_->travel();
  co_return delivery::Result<void>{};
}

}  // namespace support
