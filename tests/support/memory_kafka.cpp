#include "support/memory_kafka.hpp"

#include <algorithm>
#include <utility>

namespace support {
namespace asio = boost::asio;

MemoryKafka::MemoryKafka(VirtualTime& time, std::uint64_t seed, KafkaDelays delays)
    : time_{time}, random_{seed}, delays_{delays} {}

void MemoryKafka::create_topics(std::int32_t input_partitions, std::int32_t outbox_partitions) {
  create(topic::exports, input_partitions);
  create(topic::decided, outbox_partitions);
  create(topic::deliveries, outbox_partitions);
  for (const auto name : {topic::control, topic::credentials, topic::results, topic::rejects}) create(name, 2);
  for (const auto name : {topic::exports, topic::decided}) {
    const MemoryGroup::Committed start{0, {}};
    for (std::int32_t partition = 0; partition < partitions(name); ++partition) group(name).store(partition, start);
  }
}

void MemoryKafka::create(std::string_view topic, std::int32_t partitions) {
  auto& created = topics_[std::string{topic}];
  created.grown = std::make_unique<Bell>(time_.loop().get_executor());
  for (std::int32_t partition = 0; partition < partitions; ++partition) {
    created.logs.push_back(std::make_unique<MemoryLog>(time_, *created.grown));
  }
}

std::int32_t MemoryKafka::partitions(std::string_view topic) const {
  return static_cast<std::int32_t>(topics_.find(topic)->second.logs.size());
}

MemoryLog& MemoryKafka::log(std::string_view topic, std::int32_t partition) {
  return *topics_.find(topic)->second.logs.at(static_cast<std::size_t>(partition));
}

std::int32_t MemoryKafka::partition_of(std::string_view topic, std::string_view key) const {
  std::uint64_t hash = 0xCBF29CE484222325U;  // FNV-1a: which hash it is matters to nobody here.
  for (const char byte : key) hash = (hash ^ static_cast<unsigned char>(byte)) * 0x100000001B3U;
  return static_cast<std::int32_t>((hash >> 32U) % static_cast<std::uint64_t>(partitions(topic)));
}

const StoredRecord& MemoryKafka::append(std::string_view topic, MemoryRecord record) {
  const auto partition = partition_of(topic, record.key);
  return log(topic, partition).append(std::move(record));
}

std::vector<StoredRecord> MemoryKafka::read_all(std::string_view topic) {
  std::vector<StoredRecord> all;
  for (std::int32_t partition = 0; partition < partitions(topic); ++partition) {
    const auto& of_partition = log(topic, partition);
    const auto* stored = of_partition.next(of_partition.start());
    for (; stored != nullptr; stored = of_partition.next(stored->offset + 1)) all.push_back(*stored);
  }
  return all;
}

std::map<std::string, std::string> MemoryKafka::newest(std::string_view topic) {
  std::map<std::string, std::string> values;
  for (auto& stored : read_all(topic)) {
    auto& [key, value, trace_parent] = stored.record;
    values.erase(key);
    if (value) values.emplace(std::move(key), std::move(*value));
  }
  return values;
}

MemoryGroup& MemoryKafka::group(std::string_view topic) {
  auto& group = groups_[std::string{topic}];
  if (!group) group = std::make_unique<MemoryGroup>(time_, random_.branch(), partitions(topic), delays_.group);
  return *group;
}

std::uint64_t MemoryKafka::fence(const std::string& transactional_id) {
  end(transactional_id, MemoryLog::Ending::abort);
  return ++epochs_[transactional_id].number;
}

void MemoryKafka::begin(const std::string& transactional_id) {
  auto& epoch = epochs_[transactional_id];
  epoch.open = ++transactions_;
  time_.after(delays_.transaction, [this, transactional_id, number = epoch.open] {
    if (epochs_[transactional_id].open == number) fence(transactional_id);
  });
}

void MemoryKafka::end(const std::string& transactional_id, MemoryLog::Ending ending) {
  auto& epoch = epochs_[transactional_id];
  if (epoch.open == 0) return;
  for (const auto& [topic, partition] : epoch.partitions) log(topic, partition).end(epoch.open, ending);
  epoch.open = 0;
  epoch.partitions.clear();
}

std::chrono::nanoseconds MemoryKafka::way() {
  const bool slow = random_.chance(delays_.slow_share);
  const auto away = std::max(away_until_ - time_.elapsed(), std::chrono::nanoseconds{});
  return away + random_.between({}, slow ? delays_.slow_most : delays_.way_most);
}

bool MemoryKafka::strikes(double KafkaFaults::* share, std::string_view name) {
  // What cannot happen draws nothing, so that worlds without faults stay as they were.
  if (faults_.*share <= 0 || !random_.chance(faults_.*share)) return false;
  count(name);
  return true;
}

void MemoryKafka::go_away_for(std::chrono::nanoseconds duration) {
  count("the brokers were away");
  away_until_ = std::max(away_until_, time_.elapsed() + duration);
}

void KafkaProcess::die(Loss loss) {
  if (dead_) return;
  dead_ = true;
  loss_ = loss;
  auto& random = kafka_.random();
  const auto linger = random.chance(0.5) ? random.between({}, kafka_.delays().linger_most) : std::chrono::nanoseconds{};
  lingers_until_ = kafka_.time().elapsed() + linger;
  for (const auto& what : at_death_) what();
}

bool KafkaProcess::brings(std::string_view value) {
  if (!dead_ || loss_ == Loss::prefix) return reaches();
  return may_overtake && may_overtake(value) && kafka_.random().chance(0.5);
}

void KafkaProcess::pause_for(std::chrono::nanoseconds duration) {
  if (dead_) return;
  kafka_.count("a process stood still");
  paused_until_ = std::max(paused_until_, kafka_.time().elapsed() + duration);
  for (const auto& what : at_silence_) what(duration);
}

void KafkaProcess::fall_silent_for(std::chrono::nanoseconds duration) {
  if (dead_) return;
  kafka_.count("a living process was not heard");
  for (const auto& what : at_silence_) what(duration);
}

void KafkaProcess::count_message() {
  if (dead_ || messages_left_ == 0 || --messages_left_ > 0) return;
  kafka_.count("a process died with a message in its hand");
  die();
}

std::chrono::nanoseconds KafkaProcess::pause_left() const {
  return std::max(paused_until_ - kafka_.time().elapsed(), std::chrono::nanoseconds{});
}

asio::awaitable<void> KafkaProcess::travel() {
  co_await live();
  count_message();
  co_await live();
  co_await kafka_.time().sleep(kafka_.way());
  co_await live();
}

asio::awaitable<void> KafkaProcess::live() {
  for (;;) {
    if (dead_) {
      co_await never_.wait();
    } else if (pause_left() > std::chrono::nanoseconds{}) {
      co_await kafka_.time().sleep(pause_left());
    } else {
      co_return;
    }
  }
}

}  // namespace support
