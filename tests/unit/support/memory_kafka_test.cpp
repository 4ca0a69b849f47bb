#include "support/memory_kafka.hpp"

#include <memory>
#include <string>
#include <vector>

#include <boost/asio/co_spawn.hpp>
#include <gtest/gtest.h>

#include "support/memory_kafka_delivery.hpp"
#include "support/memory_kafka_intake.hpp"

namespace support {
namespace {

namespace asio = boost::asio;
using namespace std::chrono_literals;

void rethrow(const std::exception_ptr& failure) {
  if (failure) std::rethrow_exception(failure);
}

template <class T>
asio::awaitable<void> put(asio::awaitable<T> from, std::optional<T>* to) {
  to->emplace(co_await std::move(from));
}

struct Brokers {
  explicit Brokers(std::uint64_t seed = 1) : time{seed}, kafka{time, seed} { kafka.create_topics(4, 2); }
  Brokers(const Brokers&) = delete;
  Brokers& operator=(const Brokers&) = delete;
  ~Brokers() { time.abandon(); }

  template <class T>
  T await(asio::awaitable<T> what) {
    std::optional<T> result;
    asio::co_spawn(time.loop(), put(std::move(what), &result), rethrow);
    time.run_until([&] { return result.has_value(); }, 10min);
    return std::move(result).value();
  }
  std::shared_ptr<KafkaProcess> process() { return std::make_shared<KafkaProcess>(kafka); }
  std::vector<std::string> keys(std::string_view topic) {
    std::vector<std::string> keys;
    for (const auto& stored : kafka.read_all(topic)) keys.push_back(stored.record.key);
    return keys;
  }

  VirtualTime time;
  MemoryKafka kafka;
};

std::vector<delivery::Outgoing> one_record(std::string key) {
  return {{.to = delivery::Outgoing::To::journal, .key = std::move(key), .value = "value", .trace_parent = {}}};
}

/// Takes what the group says and answers it, as a stage does.
std::vector<std::int32_t> follow(MemoryInputSource& source, std::vector<std::int32_t> owned) {
  const auto event = source.poll(0ms);
  if (const auto* assigned = std::get_if<intake::Assigned>(&event)) {
    std::vector<intake::InputSource::Start> starts;
    owned.clear();
    for (const auto& partition : assigned->partitions) {
      starts.push_back({partition.partition, partition.committed.value()});
      owned.push_back(partition.partition);
    }
    source.start(starts);
  } else if (std::holds_alternative<intake::Revoked>(event)) {
    source.release();
    owned.clear();
  }
  return owned;
}

TEST(MemoryLog, ShowsATransactionWhenItIsCommittedAndNeverWhenItIsAborted) {
  Brokers brokers;
  auto& log = brokers.kafka.log(topic::deliveries, 0);
  log.append({"first", "", {}}, 7);
  log.append({"plain", "", {}});
  EXPECT_EQ(log.stable_end(), 0);
  EXPECT_EQ(log.next(0), nullptr);
  log.end(7, MemoryLog::Ending::commit);
  log.append({"aborted", "", {}}, 8);
  log.end(8, MemoryLog::Ending::abort);
  log.append({"last", "", {}});
  EXPECT_EQ(brokers.keys(topic::deliveries), (std::vector<std::string>{"first", "plain", "last"}));
  // Two markers and an aborted record lie in between.
  EXPECT_EQ(log.next(2)->offset, 5);
}

TEST(MemoryJournal, FencesAnOlderOwnerAndAbortsWhatItLeftOpen) {
  Brokers brokers;
  MemoryJournal journal{brokers.process()};
  const auto older = brokers.await(journal.claim(0)).value();
  EXPECT_TRUE(brokers.await(older->commit(one_record("older"))));
  const auto newer = brokers.await(journal.claim(0)).value();
  const auto refused = brokers.await(older->commit(one_record("zombie")));
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().next_step, delivery::NextStep::stop);
  EXPECT_TRUE(brokers.await(newer->commit(one_record("newer"))));
  EXPECT_EQ(brokers.keys(topic::deliveries), (std::vector<std::string>{"older", "newer"}));
}

TEST(MemoryJournal, IsReadToItsEndOnceADeadOwnersTransactionIsAborted) {
  Brokers brokers;
  brokers.kafka.begin("delivery-0");
  auto& epoch = brokers.kafka.epoch("delivery-0");
  epoch.partitions.emplace(topic::deliveries, 0);
  brokers.kafka.log(topic::deliveries, 0).append({"open", "", {}}, epoch.open);
  MemoryJournal journal{brokers.process()};
  EXPECT_TRUE(brokers.await(journal.read_all(0)).value().empty());
  EXPECT_GE(brokers.time.elapsed(), 30s);
}

TEST(MemoryInputSource, SharesThePartitionsOutAnewWhenAnotherOneJoinsOrDies) {
  Brokers brokers;
  MemoryInputSource first{brokers.process()};
  auto dying = brokers.process();
  auto second = std::make_unique<MemoryInputSource>(dying);
  std::vector<std::int32_t> of_first;
  std::vector<std::int32_t> of_second;
  const auto turn = [&] {
    of_first = follow(first, of_first);
    if (second) of_second = follow(*second, of_second);
    brokers.time.run_for(1s);
  };
  for (int turns = 0; turns < 20; ++turns) turn();
  EXPECT_EQ(of_first.size(), 2U);
  EXPECT_EQ(of_second.size(), 2U);
  dying->die();
  second.reset();
  for (int turns = 0; turns < 20; ++turns) turn();
  EXPECT_EQ(of_first.size(), 2U) << "the session of the dead one is not over yet";
  for (int turns = 0; turns < 60; ++turns) turn();
  EXPECT_EQ(of_first.size(), 4U);
}

TEST(MemoryInputSource, CommitsTheNewestOfWhatItWasGiven) {
  Brokers brokers;
  MemoryInputSource source{brokers.process()};
  std::vector<std::int32_t> owned;
  while (owned.empty()) {
    owned = follow(source, owned);
    brokers.time.run_for(1s);
  }
  for (std::int64_t offset = 1; offset <= 50; ++offset) source.commit(2, offset, "v1;" + std::to_string(offset));
  brokers.time.run_for(1min);
  EXPECT_EQ(brokers.kafka.group(topic::exports).committed(2)->offset, 50);
  EXPECT_EQ(brokers.kafka.group(topic::exports).committed(2)->metadata, "v1;50");
}

TEST(MemoryDecidedSink, KeepsTheOrderOfAPartitionAndAcknowledgesWhatIsStored) {
  for (std::uint64_t seed = 1; seed < 20; ++seed) {
    Brokers brokers{seed};
    MemoryDecidedSink sink{brokers.process()};
    for (std::uint64_t ticket = 0; ticket < 100; ++ticket) {
      EXPECT_TRUE(sink.produce(ticket, intake::ToOutbox{"application"}, std::to_string(ticket), {}));
    }
    brokers.time.run_for(1min);
    std::vector<std::string> values;
    for (const auto& stored : brokers.kafka.read_all(topic::decided)) values.push_back(*stored.record.value);
    ASSERT_EQ(values.size(), 100U);
    for (std::size_t index = 0; index < values.size(); ++index) EXPECT_EQ(values[index], std::to_string(index));
    std::size_t acknowledged = 0;
    while (sink.acknowledged()) ++acknowledged;
    EXPECT_EQ(acknowledged, 100U);
  }
}

TEST(MemoryDecidedSink, LosesWhatADeadProcessHadNotBroughtToTheBrokers) {
  Brokers brokers;
  auto process = brokers.process();
  MemoryDecidedSink sink{process};
  for (std::uint64_t ticket = 0; ticket < 1'000; ++ticket)
    sink.produce(ticket, intake::ToOutbox{"application"}, "", {});
  process->die();
  brokers.time.run_for(1min);
  EXPECT_LT(brokers.keys(topic::decided).size(), 1'000U);
  EXPECT_FALSE(sink.acknowledged());
}

TEST(MemoryDeliveryGroup, RefusesTheCommitOfAnAssignmentThatIsOver) {
  Brokers brokers;
  MemoryDeliveryGroup first{brokers.process()};
  brokers.await(first.next());
  EXPECT_EQ(brokers.await(first.commit(0, 5)), delivery::CommitAnswer::done);
  MemoryDeliveryGroup second{brokers.process()};
  brokers.await(first.next());
  first.accept();
  brokers.await(second.next());
  brokers.await(first.next());
  MemoryDeliveryGroup third{brokers.process()};
  // The first is told of the revocation but keeps what it has until it is thrown out.
  brokers.await(second.next());
  second.accept();
  brokers.await(second.next());
  EXPECT_EQ(brokers.await(first.commit(0, 6)), delivery::CommitAnswer::stale);
  EXPECT_EQ(brokers.await(second.committed(0)).value(), 5);
}

TEST(MemoryTableFeed, IsCaughtUpOnceItHandedOutWhatTheTopicHeld) {
  Brokers brokers;
  for (int record = 0; record < 5; ++record) brokers.kafka.append(topic::control, {std::to_string(record), "", {}});
  MemoryTableFeed feed{brokers.process(), std::string{topic::control}};
  std::optional<delivery::Result<void>> caught_up;
  asio::co_spawn(brokers.time.loop(), put(feed.caught_up(), &caught_up), rethrow);
  for (int record = 0; record < 5; ++record) {
    brokers.time.run_for(1min);
    EXPECT_FALSE(caught_up);
    brokers.await(feed.next());
  }
  brokers.time.run_for(1min);
  EXPECT_TRUE(caught_up);
}

}  // namespace
}  // namespace support
