#include "kafka/offset_commits.hpp"

#include <algorithm>
#include <utility>

namespace kafka {
namespace {

using namespace std::chrono_literals;

constexpr int warning_level = 4;
constexpr auto turn = 100ms;
constexpr auto pause = 200ms;  // Before a commit that failed is tried again.

}  // namespace

OffsetCommits::OffsetCommits(const Client& client, std::string topic)
    : client_{client}, topic_{std::move(topic)}, answers_{rd_kafka_queue_new(client.get())} {}

void OffsetCommits::want(std::int32_t partition, std::int64_t offset, const std::string& metadata) {
  wanted_[partition] = {offset, metadata};
  send();
}

void OffsetCommits::send() {
  if (!in_flight_.empty() || wanted_.empty() || std::chrono::steady_clock::now() < next_try_) return;
  const auto list = partition_list(static_cast<int>(wanted_.size()));
  for (const auto& [number, commit] : wanted_) {
    auto* entry = rd_kafka_topic_partition_list_add(list.get(), topic_.c_str(), number);
    entry->offset = commit.offset;
    // librdkafka frees it with its own allocator, which is malloc's.
    entry->metadata_size = commit.metadata.size();
    entry->metadata = rd_kafka_mem_malloc(client_.get(), commit.metadata.size());
    std::copy(commit.metadata.begin(), commit.metadata.end(), static_cast<char*>(entry->metadata));
  }
  const auto code = rd_kafka_commit_queue(client_.get(), list.get(), answers_.get(), nullptr, nullptr);
  if (code == RD_KAFKA_RESP_ERR_NO_ERROR) {
    in_flight_ = std::exchange(wanted_, {});
  } else {
    next_try_ = std::chrono::steady_clock::now() + pause;
  }
}

void OffsetCommits::serve(std::chrono::milliseconds wait) {
  const Event event{rd_kafka_queue_poll(answers_.get(), static_cast<int>(wait.count()))};
  if (event && rd_kafka_event_type(event.get()) == RD_KAFKA_EVENT_OFFSET_COMMIT) take(*event);
  send();
}

void OffsetCommits::take(rd_kafka_event_t& answer) {
  auto tried = std::exchange(in_flight_, {});
  // The whole has an error of its own only when every partition has one.
  const auto* list = rd_kafka_event_topic_partition_list(&answer);
  const bool done = rd_kafka_event_error(&answer) == RD_KAFKA_RESP_ERR_NO_ERROR;
  for (int index = 0; done && list != nullptr && index < list->cnt; ++index) {
    if (list->elems[index].err == RD_KAFKA_RESP_ERR_NO_ERROR) tried.erase(list->elems[index].partition);
  }
  if (!tried.empty()) {
    client_.log(warning_level, std::string{"a commit failed: "} + rd_kafka_event_error_string(&answer));
    next_try_ = std::chrono::steady_clock::now() + pause;
  }
  for (auto& [number, commit] : tried) {
    if (commit.repeats) wanted_.emplace(number, std::move(commit));
  }
}

void OffsetCommits::finish(std::chrono::milliseconds wait) {
  const auto deadline = std::chrono::steady_clock::now() + wait;
  while (!in_flight_.empty() || !wanted_.empty()) {
    const auto left = std::chrono::ceil<std::chrono::milliseconds>(deadline - std::chrono::steady_clock::now());
    if (left <= 0ms) return;
    serve(std::min<std::chrono::milliseconds>(left, turn));
  }
}

void OffsetCommits::repeat_no_more() {
  wanted_.clear();
  for (auto& [number, commit] : in_flight_) commit.repeats = false;
}

}  // namespace kafka
