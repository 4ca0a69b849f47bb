#include "kafka/compacted_topic.hpp"

#include <algorithm>
#include <utility>

#include <boost/asio/steady_timer.hpp>

#include "kafka/handles.hpp"
#include "kafka/metadata.hpp"

namespace kafka {
namespace asio = boost::asio;
namespace {

using namespace std::chrono_literals;

constexpr auto pause = 1s;
constexpr int call_milliseconds = 1'000;
constexpr int warning_level = 4;

}  // namespace

CompactedTopic::CompactedTopic(const Settings& settings, Hooks hooks, std::string topic, asio::any_io_executor executor)
    : settings_{settings},
      hooks_{std::move(hooks)},
      topic_{std::move(topic)},
      executor_{executor},
      client_{
          settings_,
          hooks_,
          {.role = Role::consumer, .properties = reader_properties(settings_, settings_.outbox_prefetch_kilobytes)}},
      progress_{std::move(executor)} {}

Result<CompactedTopic::AllBounds> CompactedTopic::all_bounds() {
  const auto numbers = partitions_of(client_, topic_, std::chrono::milliseconds{call_milliseconds});
  if (!numbers) return numbers.error();
  AllBounds found;
  for (const auto number : *numbers) {
    const auto bounds = bounds_of(client_, topic_, number, std::chrono::milliseconds{call_milliseconds});
    if (!bounds) return bounds.error();
    found.emplace(number, *bounds);
  }
  return found;
}

asio::awaitable<Result<CompactedTopic::AllBounds>> CompactedTopic::ask_bounds() {
  return calls_.call<Result<AllBounds>>(executor_, [this] { return all_bounds(); });
}

asio::awaitable<void> CompactedTopic::rest() {
  asio::steady_timer timer{executor_, pause};
  co_await timer.async_wait(asio::use_awaitable);
}

asio::awaitable<void> CompactedTopic::follow() {
  while (!feed_) {
    const auto bounds = co_await ask_bounds();
    if (bounds) {
      // Compaction may have moved a start past what was handed out; the rest goes on where it stood.
      Offsets starts;
      for (const auto& [partition, bound] : *bounds) starts[partition] = std::max(bound.start, reached_[partition]);
      feed_ = std::make_unique<RecordFeed>(settings_, hooks_, topic_, starts, executor_);
      co_return;
    }
    client_.log(warning_level, bounds.error().detail);
    co_await rest();
  }
}

asio::awaitable<delivery::LogRecord> CompactedTopic::next() {
  for (;;) {
    if (!feed_) co_await follow();
    auto item = co_await feed_->next();
    if (!item) {
      client_.log(warning_level, item.error().detail);
      feed_.reset();
      co_await rest();
      continue;
    }
    auto& reached = reached_[item->partition];
    reached = std::max(reached, item->reached);
    progress_.notify();
    if (item->is_record) co_return std::move(item->record);
  }
}

asio::awaitable<delivery::Result<void>> CompactedTopic::caught_up() {
  const auto bounds = co_await ask_bounds();
  if (!bounds) {
    delivery::Error error{delivery::NextStep::retry, run::Reason::none, bounds.error().detail, {}};
    co_return error;
  }
  for (const auto& [partition, bound] : *bounds) {
    // An empty partition has nothing to hand out, and says so only when it is polled.
    while (bound.end > bound.start && reached_[partition] < bound.end) co_await progress_.wait();
  }
  co_return delivery::Result<void>{};
}

}  // namespace kafka
