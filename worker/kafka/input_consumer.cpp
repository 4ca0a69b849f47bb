#include "kafka/input_consumer.hpp"

#include <algorithm>
#include <utility>

#include "kafka/client.hpp"
#include "kafka/doorbell.hpp"
#include "kafka/handles.hpp"
#include "kafka/metadata.hpp"
#include "kafka/offset_commits.hpp"
#include "kafka/offset_guard.hpp"

namespace kafka {
namespace {

using namespace std::chrono_literals;

constexpr int call_milliseconds = 1'000;  // No call waits longer before it is repeated.
constexpr int warning_level = 4;
constexpr auto shortest_turn = 200ms;  // Where something is to be tried again.

Properties input_properties(const Settings& settings) {
  auto properties = group_properties(settings, settings.intake_group);
  properties["enable.partition.eof"] = "true";  // Says where reading stands behind the markers of transactions.
  return properties;
}

void on_queue(rd_kafka_t*, void* opaque) { static_cast<Doorbell*>(opaque)->ring(); }

}  // namespace

/// Goes away in the opposite order: queues before the client, the bell last.
struct InputConsumer::Clients {
  Clients(const Settings& settings, const Hooks& hooks)
      : client{settings,
               hooks,
               {.role = Role::consumer, .properties = input_properties(settings), .rebalance_events = true}},
        events{rd_kafka_queue_get_consumer(client.get())},
        commits{client, settings.topics.exports} {
    rd_kafka_queue_cb_event_enable(events.get(), on_queue_function(), &bell);
    rd_kafka_queue_cb_event_enable(commits.answers(), on_queue_function(), &bell);
  }
  ~Clients() {
    rd_kafka_queue_cb_event_enable(events.get(), nullptr, nullptr);
    rd_kafka_queue_cb_event_enable(commits.answers(), nullptr, nullptr);
  }
  static auto on_queue_function() -> void (*)(rd_kafka_t*, void*) { return on_queue; }

  Doorbell bell;
  Client client;
  Queue events;
  OffsetCommits commits;
};

struct InputConsumer::Partition {
  Partition(Clients& clients, const std::string& topic, std::int32_t number)
      : queue{rd_kafka_queue_get_partition(clients.client.get(), topic.c_str(), number)} {
    // Before the assign call: afterwards records would come in through the common queue first, out of order.
    rd_kafka_queue_forward(queue.get(), nullptr);
    rd_kafka_queue_cb_event_enable(queue.get(), Clients::on_queue_function(), &clients.bell);
  }
  ~Partition() { rd_kafka_queue_cb_event_enable(queue.get(), nullptr, nullptr); }

  Queue queue;
  Message next;
  Message current;  ///< What the views of the last record refer to.
  OffsetGuard guard{0};
  bool started = false;
};

InputConsumer::InputConsumer(const Settings& settings, Hooks hooks) : settings_{settings}, hooks_{std::move(hooks)} {
  clients_ = std::make_unique<Clients>(settings_, hooks_);
  const auto topics = partition_list();
  rd_kafka_topic_partition_list_add(topics.get(), settings_.topics.exports.c_str(), RD_KAFKA_PARTITION_UA);
  if (const auto code = rd_kafka_subscribe(clients_->client.get(), topics.get())) {
    failure_ = error_of(code, "subscribing to " + settings_.topics.exports).detail;
  }
}

InputConsumer::~InputConsumer() {
  partitions_.clear();
  // Closing would wait for ever for the answer to a rebalance that nobody answers any more.
  rd_kafka_assign(clients_->client.get(), nullptr);
}

intake::SourceEvent InputConsumer::poll(std::chrono::milliseconds wait) {
  clients_->bell.reset();
  clients_->commits.serve(0ms);
  auto event = rebalance();
  if (!std::holds_alternative<std::monostate>(event)) return event;
  if (astray_) find_again();
  if (failure_) return intake::SourceFailed{*failure_};
  if (any_record() || wait == 0ms) return {};
  // Whatever is to be asked again is not announced by a ring.
  const bool repeats = assigned_ || astray_ || clients_->commits.has_unsent();
  clients_->bell.wait(repeats ? std::min<std::chrono::milliseconds>(wait, shortest_turn) : wait);
  return rebalance();
}

/// Takes one event of the group; records never come through its queue.
intake::SourceEvent InputConsumer::rebalance() {
  if (assigned_) return look_at_assignment();
  const Event event{rd_kafka_queue_poll(clients_->events.get(), 0)};
  if (!event) return {};
  if (rd_kafka_event_type(event.get()) == RD_KAFKA_EVENT_REBALANCE) {
    std::vector<std::int32_t> numbers;
    const auto* list = rd_kafka_event_topic_partition_list(event.get());
    for (int index = 0; index < list->cnt; ++index) numbers.push_back(list->elems[index].partition);
    if (rd_kafka_event_error(event.get()) == RD_KAFKA_RESP_ERR__ASSIGN_PARTITIONS) {
      assigned_ = std::move(numbers);
      return look_at_assignment();
    }
    const bool lost = rd_kafka_assignment_lost(clients_->client.get()) != 0;
    return intake::Revoked{std::move(numbers), lost};
  }
  const auto code = rd_kafka_event_error(event.get());
  if (code == RD_KAFKA_RESP_ERR_NO_ERROR) return {};
  if (code == RD_KAFKA_RESP_ERR_TOPIC_AUTHORIZATION_FAILED || code == RD_KAFKA_RESP_ERR_GROUP_AUTHORIZATION_FAILED) {
    return intake::SourceFailed{error_of(code, "reading " + settings_.topics.exports).detail};
  }
  if (clients_->client.heed(code, rd_kafka_event_error_string(event.get()))) {
    failure_ = "the client of " + settings_.topics.exports + " is dead; the process has to be started again";
  }
  return {};
}

intake::SourceEvent InputConsumer::look_at_assignment() {
  intake::Assigned assigned;
  for (const auto number : *assigned_) {
    auto partition = committed(number);
    if (!partition) {
      // An error is not "start at the beginning": the same question again at the next turn.
      clients_->client.log(warning_level, partition.error().detail);
      return {};
    }
    assigned.partitions.push_back(std::move(*partition));
  }
  assigned_.reset();
  return assigned;
}

Result<intake::AssignedPartition> InputConsumer::committed(std::int32_t number) {
  auto* const handle = clients_->client.get();
  const auto list = partition_list();
  auto* entry = rd_kafka_topic_partition_list_add(list.get(), settings_.topics.exports.c_str(), number);
  const std::string doing = "reading what the group has committed";
  if (const auto code = rd_kafka_committed(handle, list.get(), call_milliseconds)) return error_of(code, doing);
  if (entry->err != RD_KAFKA_RESP_ERR_NO_ERROR) return error_of(entry->err, doing);
  intake::AssignedPartition partition;
  partition.partition = number;
  if (entry->offset >= 0) partition.committed = entry->offset;
  if (entry->metadata != nullptr) {
    partition.metadata.assign(static_cast<const char*>(entry->metadata), entry->metadata_size);
    // Some versions count the closing zero.
    while (!partition.metadata.empty() && partition.metadata.back() == '\0') partition.metadata.pop_back();
  }
  const auto bounds = this->bounds(number);
  if (!bounds) return bounds.error();
  partition.log_start = bounds->start;
  partition.log_end = bounds->end;
  return partition;
}

Result<Bounds> InputConsumer::bounds(std::int32_t number) const {
  return bounds_of(clients_->client, settings_.topics.exports, number, std::chrono::milliseconds{call_milliseconds});
}

void InputConsumer::start(const std::vector<Start>& starts) {
  astray_ = false;
  partitions_.clear();
  const auto list = partition_list(static_cast<int>(starts.size()));
  for (const auto& start : starts) {
    auto partition = std::make_unique<Partition>(*clients_, settings_.topics.exports, start.partition);
    partition->guard = OffsetGuard{start.offset};
    partitions_.emplace(start.partition, std::move(partition));
    rd_kafka_topic_partition_list_add(list.get(), settings_.topics.exports.c_str(), start.partition)->offset =
        start.offset;
  }
  if (const auto code = rd_kafka_assign(clients_->client.get(), list.get())) {
    failure_ = error_of(code, "taking the assigned partitions").detail;
  }
}

/// A broker that no longer leads and lags behind knows an offset as little as one that has deleted it, and the client
/// reads no further in either case; the bounds, which the leader tells, are believed.
void InputConsumer::find_again() {
  std::vector<Start> starts;
  for (const auto& [number, partition] : partitions_) {
    const auto next = position(number);
    const auto bounds = this->bounds(number);
    if (!bounds) {
      clients_->client.log(warning_level, bounds.error().detail);
      return;
    }
    if (next < bounds->start || next > bounds->end) {
      failure_ = "an offset of partition " + std::to_string(number) + " of " + settings_.topics.exports +
                 " is outside of the log; the process has to be started again";
      return;
    }
    starts.push_back({.partition = number, .offset = next});
  }
  start(starts);
}

void InputConsumer::release() {
  astray_ = false;
  partitions_.clear();
  clients_->commits.repeat_no_more();
  rd_kafka_assign(clients_->client.get(), nullptr);
}

bool InputConsumer::fetch(Partition& partition) {
  while (!partition.next) {
    Message message{rd_kafka_consume_queue(partition.queue.get(), 0)};
    if (!message) return false;
    if (message->err == RD_KAFKA_RESP_ERR__PARTITION_EOF) {
      partition.guard.skip_to(message->offset);
      continue;
    }
    if (message->err != RD_KAFKA_RESP_ERR_NO_ERROR) {
      if (is_out_of_range(message->err)) {
        astray_ = true;
      } else if (message->err == RD_KAFKA_RESP_ERR_TOPIC_AUTHORIZATION_FAILED) {
        // Said once only, and nothing else would show that the partition stands still.
        failure_ = error_of(message->err, "reading " + settings_.topics.exports).detail;
      } else {
        clients_->client.log(warning_level, rd_kafka_message_errstr(message.get()));
      }
      continue;
    }
    if (partition.guard.admit(message->offset)) {
      partition.next = std::move(message);
    } else {
      clients_->client.log(warning_level, OffsetGuard::repeated);
    }
  }
  return true;
}

bool InputConsumer::any_record() {
  return std::any_of(partitions_.begin(), partitions_.end(),
                     [this](const auto& entry) { return fetch(*entry.second); });
}

std::optional<intake::InputRecord> InputConsumer::read(std::int32_t number) {
  const auto found = partitions_.find(number);
  if (found == partitions_.end() || !fetch(*found->second)) return std::nullopt;
  auto& partition = *found->second;
  partition.current = std::move(partition.next);
  const auto& message = *partition.current;
  intake::InputRecord record;
  record.offset = message.offset;
  record.appended_at = time_of(message);
  record.key = key_of(message);
  record.payload = value_of(message).value_or(std::string_view{});
  record.trace_parent = header_of(message, trace_parent_header);
  return record;
}

std::int64_t InputConsumer::position(std::int32_t number) {
  const auto found = partitions_.find(number);
  if (found == partitions_.end()) return -1;
  const auto& partition = *found->second;
  return partition.next ? partition.next->offset : partition.guard.expected();
}

std::optional<std::int64_t> InputConsumer::offset_at(std::int32_t number, run::UtcTime time) {
  const auto offset = kafka::offset_at(clients_->client, settings_.topics.exports, number, time,
                                       std::chrono::milliseconds{call_milliseconds});
  return offset ? std::optional{*offset} : std::nullopt;
}

std::optional<run::UtcTime> InputConsumer::time_at(std::int32_t number, std::int64_t offset) {
  // A client of its own: the group's may not read elsewhere while it holds an assignment.
  auto properties = reader_properties(settings_, settings_.outbox_prefetch_kilobytes);
  properties["enable.partition.eof"] = "true";  // Where nothing follows, there is nothing to wait for.
  const Client reader{settings_, hooks_, {.role = Role::consumer, .properties = std::move(properties)}};
  const auto list = partition_list();
  rd_kafka_topic_partition_list_add(list.get(), settings_.topics.exports.c_str(), number)->offset = offset;
  if (rd_kafka_assign(reader.get(), list.get()) != RD_KAFKA_RESP_ERR_NO_ERROR) return std::nullopt;
  const auto give_up_at = std::chrono::steady_clock::now() + settings_.call_timeout;
  while (std::chrono::steady_clock::now() < give_up_at) {
    const Message message{rd_kafka_consumer_poll(reader.get(), call_milliseconds)};
    if (!message) continue;
    if (message->err != RD_KAFKA_RESP_ERR_NO_ERROR) return std::nullopt;
    return time_of(*message);
  }
  return std::nullopt;
}

void InputConsumer::commit(std::int32_t partition, std::int64_t offset, const std::string& metadata) {
  clients_->commits.want(partition, offset, metadata);
}

void InputConsumer::finish_commits(std::chrono::milliseconds wait) { clients_->commits.finish(wait); }

}  // namespace kafka
