#include "kafka/delivery_group.hpp"

#include <algorithm>
#include <chrono>
#include <deque>
#include <list>
#include <mutex>
#include <thread>
#include <utility>
#include <vector>

#include "kafka/call_thread.hpp"
#include "kafka/client.hpp"
#include "kafka/completion.hpp"
#include "kafka/handles.hpp"

namespace kafka {
namespace asio = boost::asio;
namespace {

using Answered = Completion<delivery::CommitAnswer>;
using Time = std::chrono::steady_clock::time_point;

constexpr int call_milliseconds = 1'000;
constexpr int poll_milliseconds = 100;
constexpr int warning_level = 4;

Properties member_properties(const Settings& settings) {
  auto properties = group_properties(settings, settings.delivery_group);
  // What the membership itself fetches is never read: as little as can be.
  properties["queued.min.messages"] = "1";
  properties["queued.max.messages.kbytes"] = "1";
  properties["fetch.message.max.bytes"] = "1024";
  if (!settings.delivery_instance.empty()) properties["group.instance.id"] = settings.delivery_instance;
  return properties;
}

delivery::Error ask_again(std::string detail) {
  return {delivery::NextStep::retry, run::Reason::none, std::move(detail), {}};
}

delivery::CommitAnswer answer_for(rd_kafka_resp_err_t code) {
  switch (code) {
    case RD_KAFKA_RESP_ERR_NO_ERROR:
      return delivery::CommitAnswer::done;
    case RD_KAFKA_RESP_ERR_ILLEGAL_GENERATION:
    case RD_KAFKA_RESP_ERR_UNKNOWN_MEMBER_ID:
    case RD_KAFKA_RESP_ERR_FENCED_INSTANCE_ID:
    case RD_KAFKA_RESP_ERR__ASSIGNMENT_LOST:
      return delivery::CommitAnswer::stale;
    default:
      return delivery::CommitAnswer::failed;
  }
}

struct Commit {
  std::int32_t partition = 0;
  std::int64_t offset = 0;
  Time give_up_at{};
  std::shared_ptr<Answered> answered;
};

}  // namespace

/// The consumer, its poll thread, and what both sides see of a rebalance.
class DeliveryGroup::Member {
 public:
  Member(const Settings& settings, Hooks hooks, asio::any_io_executor executor)
      : settings_{settings},
        executor_{executor},
        client_{settings,
                std::move(hooks),
                {.role = Role::consumer, .properties = member_properties(settings), .rebalance_events = true}},
        queue_{rd_kafka_queue_get_consumer(client_.get())},
        arrived_{std::make_shared<Arrived>(std::move(executor))} {
    const auto topics = partition_list();
    rd_kafka_topic_partition_list_add(topics.get(), topic(), RD_KAFKA_PARTITION_UA);
    if (const auto code = rd_kafka_subscribe(client_.get(), topics.get())) {
      client_.fail(error_of(code, std::string{"subscribing to "} + topic()).detail);
    }
    thread_ = std::thread{[this] { poll(); }};
  }

  ~Member() {
    {
      const std::scoped_lock lock{mutex_};
      stopping_ = true;
    }
    rd_kafka_queue_yield(queue_.get());
    thread_.join();
  }

  asio::awaitable<delivery::GroupEvent> next() {
    const auto arrived = arrived_;
    while (arrived->events.empty()) co_await arrived->signal.wait();
    auto event = std::move(arrived->events.front());
    arrived->events.pop_front();
    co_return event;
  }

  void accept() {
    {
      const std::scoped_lock lock{mutex_};
      accepted_ = true;
    }
    rd_kafka_queue_yield(queue_.get());
  }

  delivery::Result<std::optional<std::int64_t>> committed(std::int32_t partition) {
    const auto list = partition_list();
    auto* entry = rd_kafka_topic_partition_list_add(list.get(), topic(), partition);
    const auto code = rd_kafka_committed(client_.get(), list.get(), call_milliseconds);
    if (code != RD_KAFKA_RESP_ERR_NO_ERROR) return ask_again(rd_kafka_err2str(code));
    if (entry->err != RD_KAFKA_RESP_ERR_NO_ERROR) return ask_again(rd_kafka_err2str(entry->err));
    return entry->offset >= 0 ? std::optional{entry->offset} : std::nullopt;
  }

  /// Answered by the poll thread: a synchronous commit has no time-out while the group's coordinator is away.
  asio::awaitable<delivery::CommitAnswer> commit(std::int32_t partition, std::int64_t offset) {
    auto answered = std::make_shared<Answered>(executor_);
    {
      const std::scoped_lock lock{mutex_};
      asked_.push_back({partition, offset, std::chrono::steady_clock::now() + settings_.call_timeout, answered});
    }
    rd_kafka_queue_yield(queue_.get());
    return Answered::value_of(std::move(answered));
  }

  CallThread& calls() { return calls_; }
  const asio::any_io_executor& executor() const { return executor_; }

 private:
  /// On the loop only.
  struct Arrived {
    explicit Arrived(asio::any_io_executor loop) : signal{std::move(loop)} {}
    LoopSignal signal;
    std::deque<delivery::GroupEvent> events;
  };

  const char* topic() const { return settings_.topics.decided.c_str(); }

  /// Goes on while a rebalance waits for the loop: commits belong to its end, and the membership lives from polling.
  void poll() {
    for (;;) {
      std::list<Commit> asked;
      bool accepted = false;
      {
        const std::scoped_lock lock{mutex_};
        if (stopping_) break;
        asked.swap(asked_);
        accepted = std::exchange(accepted_, false);
      }
      for (auto& commit : asked) start(std::move(commit));
      if (accepted && std::exchange(waits_, false)) go_on();
      const Event event{rd_kafka_queue_poll(queue_.get(), poll_milliseconds)};
      if (event) take(*event);
      give_up(std::chrono::steady_clock::now());
    }
    give_up_all();
    queues_.clear();
    // Closing would wait for ever for the answer to a rebalance that nobody accepts any more.
    rd_kafka_assign(client_.get(), nullptr);
  }

  void take(rd_kafka_event_t& event) {
    switch (rd_kafka_event_type(&event)) {
      case RD_KAFKA_EVENT_REBALANCE:
        tell_rebalance(event);
        return;
      case RD_KAFKA_EVENT_OFFSET_COMMIT:
        answer(event);
        return;
      default:
        if (const auto code = rd_kafka_event_error(&event)) client_.heed(code, rd_kafka_event_error_string(&event));
    }
  }

  void tell_rebalance(rd_kafka_event_t& event) {
    std::vector<std::int32_t> numbers;
    const auto* list = rd_kafka_event_topic_partition_list(&event);
    for (int index = 0; index < list->cnt; ++index) numbers.push_back(list->elems[index].partition);
    waits_ = true;
    assigns_ = rd_kafka_event_error(&event) == RD_KAFKA_RESP_ERR__ASSIGN_PARTITIONS;
    rebalanced_ = numbers;
    if (assigns_) {
      tell(delivery::GroupAssigned{std::move(numbers)});
    } else {
      tell(delivery::GroupRevoked{std::move(numbers), rd_kafka_assignment_lost(client_.get()) != 0});
    }
  }

  /// The loop has dealt with the last rebalance.
  void go_on() {
    queues_.clear();
    if (!assigns_) {
      rd_kafka_assign(client_.get(), nullptr);
      return;
    }
    const auto taken = partition_list(static_cast<int>(rebalanced_.size()));
    for (const auto number : rebalanced_) {
      // The outbox is read by clients of its own. A queue of its own that nobody reads ends the fetching here.
      auto& queue = queues_.emplace_back(rd_kafka_queue_get_partition(client_.get(), topic(), number));
      rd_kafka_queue_forward(queue.get(), nullptr);
      rd_kafka_topic_partition_list_add(taken.get(), topic(), number)->offset = RD_KAFKA_OFFSET_END;
    }
    rd_kafka_assign(client_.get(), taken.get());
  }

  void start(Commit commit) {
    const auto list = partition_list();
    rd_kafka_topic_partition_list_add(list.get(), topic(), commit.partition)->offset = commit.offset;
    const auto code = rd_kafka_commit_queue(client_.get(), list.get(), queue_.get(), nullptr, nullptr);
    if (code == RD_KAFKA_RESP_ERR_NO_ERROR) {
      in_flight_.push_back(std::move(commit));
    } else {
      commit.answered->set(answer_for(code));
    }
  }

  void answer(rd_kafka_event_t& event) {
    const auto* list = rd_kafka_event_topic_partition_list(&event);
    if (list == nullptr || list->cnt != 1) return;
    const auto& entry = list->elems[0];
    const auto commit = std::find_if(in_flight_.begin(), in_flight_.end(), [&](const Commit& other) {
      return other.partition == entry.partition && other.offset == entry.offset;
    });
    if (commit == in_flight_.end()) return;
    const auto whole = rd_kafka_event_error(&event);
    const auto code = whole == RD_KAFKA_RESP_ERR_NO_ERROR ? entry.err : whole;
    if (code != RD_KAFKA_RESP_ERR_NO_ERROR) {
      client_.log(warning_level, std::string{"a commit failed: "} + rd_kafka_err2str(code));
    }
    commit->answered->set(answer_for(code));
    in_flight_.erase(commit);
  }

  /// Whether these commits arrive is not known; they may be repeated.
  void give_up(Time now) {
    while (!in_flight_.empty() && in_flight_.front().give_up_at <= now) {
      in_flight_.front().answered->set(delivery::CommitAnswer::failed);
      in_flight_.pop_front();
    }
  }

  void give_up_all() {
    give_up(Time::max());
    const std::scoped_lock lock{mutex_};
    for (const auto& commit : std::exchange(asked_, {})) commit.answered->set(delivery::CommitAnswer::failed);
  }

  void tell(delivery::GroupEvent event) {
    asio::post(executor_, [arrived = arrived_, told = std::move(event)]() mutable {
      arrived->events.push_back(std::move(told));
      arrived->signal.notify();
    });
  }

  const Settings settings_;
  asio::any_io_executor executor_;
  Client client_;
  Queue queue_;
  std::shared_ptr<Arrived> arrived_;
  CallThread calls_;

  // Of the poll thread.
  std::vector<Queue> queues_;
  std::vector<std::int32_t> rebalanced_;
  bool waits_ = false;  ///< For accept().
  bool assigns_ = false;
  std::list<Commit> in_flight_;

  std::mutex mutex_;
  std::list<Commit> asked_;
  bool accepted_ = false;
  bool stopping_ = false;
  std::thread thread_;
};

DeliveryGroup::DeliveryGroup(const Settings& settings, Hooks hooks, asio::any_io_executor executor)
    : member_{std::make_unique<Member>(settings, std::move(hooks), std::move(executor))} {}

DeliveryGroup::~DeliveryGroup() = default;

asio::awaitable<delivery::GroupEvent> DeliveryGroup::next() { return member_->next(); }

void DeliveryGroup::accept() { member_->accept(); }

asio::awaitable<delivery::Result<std::optional<std::int64_t>>> DeliveryGroup::committed(std::int32_t partition) {
  using Answer = delivery::Result<std::optional<std::int64_t>>;
  return member_->calls().call<Answer>(member_->executor(),
                                       [member = member_.get(), partition] { return member->committed(partition); });
}

asio::awaitable<delivery::CommitAnswer> DeliveryGroup::commit(std::int32_t partition, std::int64_t offset) {
  return member_->commit(partition, offset);
}

}  // namespace kafka
