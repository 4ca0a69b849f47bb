#include "kafka/outbox_reader.hpp"

#include <atomic>
#include <string>
#include <utility>

#include "kafka/call_thread.hpp"
#include "kafka/client.hpp"
#include "kafka/handles.hpp"
#include "kafka/log_record.hpp"
#include "kafka/metadata.hpp"
#include "kafka/record_feed.hpp"

namespace kafka {
namespace asio = boost::asio;
namespace {

/// A full queue makes librdkafka wait for a second before it asks the broker again (a setting only from 2.2 on), so it
/// holds several bodies: with room for one, a run of a million took ten seconds longer.
constexpr std::size_t fetch_ahead_kilobytes = 32 * 1024;

constexpr int call_milliseconds = 1'000;
constexpr int poll_milliseconds = 100;
/// A fetch that lies so little ahead is reached by reading on: an assign throws away what was read ahead.
constexpr std::int64_t worth_reading_on = 16;

delivery::Error ask_again(std::string detail) {
  return {delivery::NextStep::retry, run::Reason::none, std::move(detail), {}};
}

delivery::Error gone() {
  return {delivery::NextStep::reject, run::Reason::outbox_gap, "a record of the outbox is gone", {}};
}

class FeedCursor : public delivery::LogCursor {
 public:
  FeedCursor(const Settings& settings, const Hooks& hooks, std::int32_t partition, std::int64_t from,
             asio::any_io_executor executor)
      : feed_{settings, hooks, settings.topics.decided, {{partition, from}}, std::move(executor)} {}

  asio::awaitable<delivery::Result<delivery::LogRecord>> next() override {
    for (;;) {
      auto item = co_await feed_.next();
      if (!item) co_return ask_again(item.error().detail);
      if (item->is_record) co_return std::move(item->record);
    }
  }

 private:
  RecordFeed feed_;
};

}  // namespace

/// One client that is assigned to where the next record is wanted.
class OutboxReader::Fetcher {
 public:
  Fetcher(const Settings& settings, const Hooks& hooks)
      : settings_{settings},
        client_{settings,
                hooks,
                {.role = Role::consumer, .properties = reader_properties(settings, fetch_ahead_kilobytes)}} {}

  delivery::Result<delivery::LogBounds> bounds(std::int32_t partition) {
    const auto partitions =
        partitions_of(client_, settings_.topics.decided, std::chrono::milliseconds{call_milliseconds});
    if (!partitions) return ask_again(partitions.error().detail);
    partition_count_ = static_cast<std::int32_t>(partitions->size());
    const auto bounds =
        bounds_of(client_, settings_.topics.decided, partition, std::chrono::milliseconds{call_milliseconds});
    if (!bounds) return ask_again(bounds.error().detail);
    return delivery::LogBounds{bounds->start, bounds->end};
  }

  delivery::Result<delivery::LogRecord> fetch(std::int32_t partition, std::int64_t offset) {
    const bool reads_on = partition == partition_ && offset >= next_ && offset - next_ <= worth_reading_on;
    if (!reads_on) {
      if (const auto code = assign(partition, offset)) return forget(rd_kafka_err2str(code));
    }
    bool looked_again = false;
    const auto give_up_at = std::chrono::steady_clock::now() + settings_.call_timeout;
    while (!calls_.stopping() && std::chrono::steady_clock::now() < give_up_at) {
      const Message message{rd_kafka_consumer_poll(client_.get(), poll_milliseconds)};
      if (!message) continue;
      if (is_out_of_range(message->err)) return out_of_range(partition, offset);
      if (message->err != RD_KAFKA_RESP_ERR_NO_ERROR) return forget(rd_kafka_message_errstr(message.get()));
      if (message->partition != partition || message->offset < offset) continue;
      next_ = message->offset + 1;
      if (message->offset > offset) {
        if (std::exchange(looked_again, true)) return gone();
        // People would be lost over this answer: only a fresh look is believed.
        if (const auto code = assign(partition, offset)) return forget(rd_kafka_err2str(code));
        continue;
      }
      return log_record_of(*message);
    }
    return forget("the outbox did not answer");
  }

  /// None before the first look at the topic.
  std::optional<std::int32_t> partition_of(std::string_view key) const {
    const std::int32_t count = partition_count_;
    if (count == 0) return std::nullopt;
    return rd_kafka_msg_partitioner_murmur2(nullptr, key.data(), key.size(), count, nullptr, nullptr);
  }

  CallThread& calls() { return calls_; }

 private:
  rd_kafka_resp_err_t assign(std::int32_t partition, std::int64_t offset) {
    const auto list = partition_list();
    rd_kafka_topic_partition_list_add(list.get(), settings_.topics.decided.c_str(), partition)->offset = offset;
    partition_ = partition;
    next_ = offset;
    return rd_kafka_assign(client_.get(), list.get());
  }

  /// People would be lost over a wrong "gone": only the bounds, which the leader tells, are believed.
  delivery::Error out_of_range(std::int32_t partition, std::int64_t offset) {
    partition_ = -1;
    const auto log = bounds(partition);
    if (!log) return log.error();
    if (offset < log->start || offset >= log->end) return gone();
    return ask_again("a broker was asked that lags behind");
  }

  delivery::Error forget(std::string detail) {
    partition_ = -1;
    return ask_again(std::move(detail));
  }

  Settings settings_;
  Client client_;
  std::int32_t partition_ = -1;
  std::int64_t next_ = 0;
  std::atomic<std::int32_t> partition_count_ = 0;
  CallThread calls_;
};

OutboxReader::OutboxReader(const Settings& settings, Hooks hooks, asio::any_io_executor executor)
    : settings_{settings},
      hooks_{std::move(hooks)},
      executor_{std::move(executor)},
      fetcher_{std::make_unique<Fetcher>(settings_, hooks_)} {}

OutboxReader::~OutboxReader() = default;

asio::awaitable<delivery::Result<delivery::LogBounds>> OutboxReader::bounds(std::int32_t partition) {
  return fetcher_->calls().call<delivery::Result<delivery::LogBounds>>(
      executor_, [fetcher = fetcher_.get(), partition] { return fetcher->bounds(partition); });
}

std::unique_ptr<delivery::LogCursor> OutboxReader::follow(std::int32_t partition, std::int64_t from) {
  return std::make_unique<FeedCursor>(settings_, hooks_, partition, from, executor_);
}

asio::awaitable<delivery::Result<delivery::LogRecord>> OutboxReader::fetch(std::int32_t partition,
                                                                           std::int64_t offset) {
  return fetcher_->calls().call<delivery::Result<delivery::LogRecord>>(
      executor_, [fetcher = fetcher_.get(), partition, offset] { return fetcher->fetch(partition, offset); });
}

std::optional<std::int32_t> OutboxReader::partition_of(const run::ApplicationId& application) const {
  return fetcher_->partition_of(application.value);
}

}  // namespace kafka
