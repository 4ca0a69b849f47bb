#include "support/memory_kafka_intake.hpp"

#include <algorithm>
#include <string_view>
#include <utility>
#include <variant>

namespace support {
namespace {

constexpr auto commit_again_after = std::chrono::seconds{1};

struct Target {
  std::string topic;
  std::string key;
  std::int32_t partition = 0;
};

Target target_of(const MemoryKafka& kafka, const intake::Destination& to) {
  if (const auto* outbox = std::get_if<intake::ToOutbox>(&to)) {
    return {std::string{topic::decided}, outbox->application, kafka.partition_of(topic::decided, outbox->application)};
  }
  if (const auto* rejects = std::get_if<intake::ToRejects>(&to)) {
    return {std::string{topic::rejects}, rejects->key, kafka.partition_of(topic::rejects, rejects->key)};
  }
  return {std::string{topic::exports}, {}, std::get<intake::ToInput>(to).partition};
}

}  // namespace

MemoryInputSource::MemoryInputSource(std::shared_ptr<KafkaProcess> process) {
  auto& group = process->kafka().group(topic::exports);
  state_ = std::shared_ptr<State>(new State{process, group, GroupMember{group}});
  process->on_death([weak = std::weak_ptr{state_}] {
    if (const auto state = weak.lock()) state->member.die();
  });
  process->on_silence([weak = std::weak_ptr{state_}](std::chrono::nanoseconds duration) {
    if (const auto state = weak.lock()) state->member.cut_off(duration);
  });
}

intake::SourceEvent MemoryInputSource::poll(std::chrono::milliseconds /*wait*/) {
  for (const auto& [partition, reading] : state_->reading) fetch(partition);
  const auto event = state_->member.take_event();
  if (!event) return std::monostate{};
  if (const auto* assigned = std::get_if<MemberAssigned>(&*event)) {
    intake::Assigned all;
    for (const auto partition : assigned->partitions) all.partitions.push_back(describe(partition));
    return all;
  }
  const auto& revoked = std::get<MemberRevoked>(*event);
  if (revoked.lost) state_->process->kafka().count("a member lost its partitions");
  return intake::Revoked{revoked.partitions, revoked.lost};
}

intake::AssignedPartition MemoryInputSource::describe(std::int32_t partition) const {
  intake::AssignedPartition described{.partition = partition, .metadata = {}};
  if (const auto committed = state_->group.committed(partition)) {
    described.committed = committed->offset;
    described.metadata = committed->metadata;
  }
  described.log_start = log(partition).start();
  described.log_end = log(partition).stable_end();
  return described;
}

void MemoryInputSource::start(const std::vector<Start>& starts) {
  state_->reading.clear();
  for (const auto& [partition, offset] : starts) {
    auto& reading = state_->reading[partition];
    reading.position = offset;
    reading.fetched = offset;
  }
}

void MemoryInputSource::release() {
  state_->reading.clear();
  state_->member.release();
}

void MemoryInputSource::fetch(std::int32_t partition) {
  auto& reading = state_->reading.at(partition);
  if (reading.fetching || reading.position < reading.fetched || log(partition).stable_end() <= reading.fetched) return;
  reading.fetching = true;
  auto& kafka = state_->process->kafka();
  const auto most = static_cast<std::int64_t>(1 + kafka.random().below(500));
  kafka.time().after(kafka.way(), [state = state_, partition, most] {
    const auto found = state->reading.find(partition);
    if (found == state->reading.end() || !found->second.fetching) return;
    const auto& from = state->process->kafka().log(topic::exports, partition);
    found->second.fetching = false;
    found->second.fetched = std::min(from.stable_end(), found->second.fetched + most);
  });
}

std::optional<intake::InputRecord> MemoryInputSource::read(std::int32_t partition) {
  const auto found = state_->reading.find(partition);
  if (found == state_->reading.end()) return std::nullopt;
  auto& reading = found->second;
  const auto* stored = log(partition).next(reading.position, reading.fetched);
  if (stored == nullptr) {
    reading.position = reading.fetched;
    return std::nullopt;
  }
  reading.position = stored->offset + 1;
  const auto& record = stored->record;
  return intake::InputRecord{.offset = stored->offset,
                             .appended_at = stored->appended_at,
                             .key = record.key,
                             .payload = record.value ? std::string_view{*record.value} : std::string_view{},
                             .trace_parent = record.trace_parent};
}

std::int64_t MemoryInputSource::position(std::int32_t partition) { return state_->reading.at(partition).position; }

std::optional<std::int64_t> MemoryInputSource::offset_at(std::int32_t partition, run::UtcTime time) {
  return log(partition).offset_at(time);
}

std::optional<run::UtcTime> MemoryInputSource::time_at(std::int32_t partition, std::int64_t offset) {
  const auto* stored = log(partition).next(offset);
  if (stored == nullptr) return std::nullopt;
  return stored->appended_at;
}

void MemoryInputSource::commit(std::int32_t partition, std::int64_t offset, const std::string& metadata) {
  const auto found = state_->reading.find(partition);
  if (found == state_->reading.end()) return;
  state_->process->count_message();
  found->second.to_commit = MemoryGroup::Committed{offset, metadata};
  send_commit(state_, partition);
}

void MemoryInputSource::send_commit(const std::shared_ptr<State>& state, std::int32_t partition) {
  auto& reading = state->reading.at(partition);
  if (reading.committing != 0 || !reading.to_commit) return;
  reading.committing = ++state->commits;
  auto& kafka = state->process->kafka();
  const auto arrive = [state, partition, number = reading.committing, generation = state->member.generation(),
                       commit = *reading.to_commit] {
    const auto found = state->reading.find(partition);
    if (found == state->reading.end() || found->second.committing != number || !state->process->reaches()) return;
    found->second.committing = 0;
    auto& brokers = state->process->kafka();
    if (brokers.strikes(&KafkaFaults::lost_commits, "a commit of offsets was lost")) {
      brokers.time().after(commit_again_after, [state, partition] {
        if (state->reading.contains(partition) && state->process->reaches()) send_commit(state, partition);
      });
      return;
    }
    if (!state->member.is_current(generation)) return;
    state->group.store(partition, commit);
    auto& wanted = found->second.to_commit;
    if (wanted && wanted->offset == commit.offset && wanted->metadata == commit.metadata) wanted.reset();
    send_commit(state, partition);
  };
  kafka.time().after(kafka.way(), arrive);
}

void MemoryInputSource::finish_commits(std::chrono::milliseconds /*wait*/) {
  if (!state_->member.is_current(state_->member.generation())) return;
  for (auto& [partition, reading] : state_->reading) {
    if (reading.to_commit) state_->group.store(partition, *reading.to_commit);
    reading.to_commit.reset();
    reading.committing = 0;
  }
}

bool MemoryInputSource::is_idle() const {
  if (state_->member.has_event()) return false;
  return std::all_of(state_->reading.begin(), state_->reading.end(), [&](const auto& entry) {
    return entry.second.position >= log(entry.first).stable_end() && !entry.second.to_commit;
  });
}

MemoryDecidedSink::MemoryDecidedSink(std::shared_ptr<KafkaProcess> process, std::size_t queue_limit,
                                     std::chrono::milliseconds message_timeout)
    : process_{std::move(process)}, queue_limit_{queue_limit}, message_timeout_{message_timeout} {}

bool MemoryDecidedSink::produce(std::uint64_t ticket, const intake::Destination& to, std::string value,
                                std::string trace_parent) {
  if (state_->in_flight >= queue_limit_) return false;
  process_->count_message();
  ++state_->in_flight;
  auto& kafka = process_->kafka();
  auto target = target_of(kafka, to);
  auto& last = last_arrival_[{target.topic, target.partition}];
  last = std::max(last, std::max(kafka.time().elapsed(), process_->stalled_until()) + kafka.way());
  const auto left = last - kafka.time().elapsed();
  if (message_timeout_.count() > 0 && left > message_timeout_) {
    kafka.time().after(message_timeout_, [state = state_] {
      --state->in_flight;
      state->failed = "a record was given up";
    });
    return true;
  }
  // Shared, because std::function wants to be able to copy what it holds.
  const auto record = std::make_shared<MemoryRecord>();
  record->key = std::move(target.key);
  record->value = std::move(value);
  record->trace_parent = std::move(trace_parent);
  const auto arrive = [process = process_, state = state_, ticket, record, topic = std::move(target.topic),
                       partition = target.partition] {
    if (!process->brings(*record->value)) return;
    auto& brokers = process->kafka();
    brokers.log(topic, partition).append(std::move(*record));
    auto way = brokers.way();
    if (brokers.strikes(&KafkaFaults::late_acknowledgements, "an acknowledgement came late")) {
      way += brokers.random().between({}, brokers.faults().late_most);
    }
    brokers.time().after(way, [state, ticket] {
      --state->in_flight;
      state->acknowledged.push_back(ticket);
    });
  };
  // One nanosecond more for each that follows, so that the tie-break cannot turn two records round.
  kafka.time().after(last++ - kafka.time().elapsed(), arrive);
  return true;
}

std::optional<std::uint64_t> MemoryDecidedSink::acknowledged() {
  if (process_->dead() || state_->acknowledged.empty()) return std::nullopt;
  const auto ticket = state_->acknowledged.front();
  state_->acknowledged.pop_front();
  return ticket;
}

}  // namespace support
