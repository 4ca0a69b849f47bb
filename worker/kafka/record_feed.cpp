#include "kafka/record_feed.hpp"

#include <condition_variable>
#include <deque>
#include <mutex>
#include <optional>
#include <stdexcept>
#include <utility>

#include "kafka/completion.hpp"
#include "kafka/handles.hpp"
#include "kafka/log_record.hpp"
#include "kafka/metadata.hpp"

namespace kafka {
namespace asio = boost::asio;
namespace {

constexpr int poll_milliseconds = 100;
constexpr std::size_t most_waiting_records = 10'000;
constexpr std::size_t most_waiting_bytes = 8'000'000;
constexpr int warning_level = 4;

Properties feed_properties(const Settings& settings) {
  auto properties = reader_properties(settings, settings.outbox_prefetch_kilobytes);
  properties["enable.partition.eof"] = "true";
  return properties;
}

bool ends_the_feed(rd_kafka_resp_err_t code) {
  return is_out_of_range(code) || code == RD_KAFKA_RESP_ERR__UNKNOWN_PARTITION ||
         code == RD_KAFKA_RESP_ERR__UNKNOWN_TOPIC || code == RD_KAFKA_RESP_ERR_UNKNOWN_TOPIC_OR_PART ||
         code == RD_KAFKA_RESP_ERR_TOPIC_AUTHORIZATION_FAILED || code == RD_KAFKA_RESP_ERR__FATAL;
}

FeedItem item_of(const rd_kafka_message_t& message) {
  FeedItem item;
  item.partition = message.partition;
  item.is_record = true;
  item.reached = message.offset + 1;
  item.record = log_record_of(message);
  return item;
}

std::size_t bytes_of(const FeedItem& item) {
  return item.record.key.size() + (item.record.value ? item.record.value->size() : 0);
}

}  // namespace

/// Outlives the feed for as long as a wake-up is on its way to the loop.
struct RecordFeed::Shared {
  explicit Shared(asio::any_io_executor loop) : executor{loop}, arrived{std::move(loop)} {}

  bool is_full() const { return items.size() >= most_waiting_records || bytes >= most_waiting_bytes; }

  asio::any_io_executor executor;
  LoopSignal arrived;  ///< On the loop only.
  std::mutex mutex;
  std::condition_variable taken;
  std::deque<FeedItem> items;
  std::size_t bytes = 0;
  std::optional<Error> failure;
  bool stopping = false;
};

RecordFeed::RecordFeed(const Settings& settings, const Hooks& hooks, const std::string& topic,
                       const std::map<std::int32_t, std::int64_t>& starts, asio::any_io_executor executor)
    : client_{settings, hooks, {.role = Role::consumer, .properties = feed_properties(settings)}},
      shared_{std::make_shared<Shared>(std::move(executor))} {
  const auto list = partition_list(static_cast<int>(starts.size()));
  for (const auto& [partition, offset] : starts) {
    rd_kafka_topic_partition_list_add(list.get(), topic.c_str(), partition)->offset = offset;
    guards_.emplace(partition, OffsetGuard{offset});
  }
  if (const auto code = rd_kafka_assign(client_.get(), list.get())) {
    shared_->failure = error_of(code, "reading " + topic);
    return;
  }
  thread_ = std::thread{[this] { read(); }};
}

RecordFeed::~RecordFeed() {
  {
    const std::scoped_lock lock{shared_->mutex};
    shared_->stopping = true;
  }
  shared_->taken.notify_all();
  if (thread_.joinable()) thread_.join();
}

void RecordFeed::read() {
  const auto wake = [this] { asio::post(shared_->executor, [shared = shared_] { shared->arrived.notify(); }); };
  for (;;) {
    {
      std::unique_lock lock{shared_->mutex};
      shared_->taken.wait(lock, [this] { return shared_->stopping || !shared_->is_full(); });
      if (shared_->stopping) return;
    }
    const Message message{rd_kafka_consumer_poll(client_.get(), poll_milliseconds)};
    if (!message) continue;
    FeedItem item;
    if (message->err == RD_KAFKA_RESP_ERR__PARTITION_EOF) {
      item.partition = message->partition;
      item.reached = message->offset;
    } else if (message->err == RD_KAFKA_RESP_ERR_NO_ERROR) {
      if (!guards_.at(message->partition).admit(message->offset)) {
        client_.log(warning_level, OffsetGuard::repeated);
        continue;
      }
      item = item_of(*message);
    } else if (ends_the_feed(message->err)) {
      {
        const std::scoped_lock lock{shared_->mutex};
        shared_->failure = error_of(message->err, "reading a partition");
      }
      wake();
      return;
    } else {
      client_.log(warning_level, rd_kafka_message_errstr(message.get()));
      continue;
    }
    bool was_empty = false;
    {
      const std::scoped_lock lock{shared_->mutex};
      was_empty = shared_->items.empty();
      shared_->bytes += bytes_of(item);
      shared_->items.push_back(std::move(item));
    }
    if (was_empty) wake();
  }
}

asio::awaitable<Result<FeedItem>> RecordFeed::next() {
  const auto shared = shared_;
  for (;;) {
    {
      const std::scoped_lock lock{shared->mutex};
      if (!shared->items.empty()) {
        auto item = std::move(shared->items.front());
        shared->items.pop_front();
        shared->bytes -= bytes_of(item);
        shared->taken.notify_all();
        co_return item;
      }
      if (shared->failure) co_return *shared->failure;
    }
    co_await shared->arrived.wait();
  }
}

}  // namespace kafka
