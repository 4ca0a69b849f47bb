#include "kafka/intake_producer.hpp"

#include <map>

#include "integration/kafka/kafka_test.hpp"
#include "kafka/topic_reader.hpp"

namespace {

using namespace std::chrono_literals;
using testing::ElementsAre;

class IntakeProducer : public KafkaTest {
 protected:
  std::vector<kafka::ReadRecord> all_of(const std::string& topic) {
    kafka::TopicReader reader{settings, hooks};
    EXPECT_TRUE(reader.open(topic, kafka::FromStart{}));
    std::vector<kafka::ReadRecord> records;
    repeat_until([&] { return reader.at_end(); },
                 [&] {
                   auto record = reader.next(1s);
                   if (record && *record) records.push_back(std::move(**record));
                 });
    return records;
  }
};

TEST_F(IntakeProducer, TellsEachTicketOnceItsRecordIsAcknowledged) {
  constexpr std::uint64_t count = 5000;
  create_topics(3);
  kafka::IntakeProducer producer{settings, hooks};
  std::multiset<std::uint64_t> acknowledged;
  const auto serve = [&] {
    while (const auto ticket = producer.acknowledged()) acknowledged.insert(*ticket);
  };
  for (std::uint64_t ticket = 1; ticket <= count; ++ticket) {
    const std::string application = "application-" + std::to_string(ticket % 10);
    repeat_until([&] { return producer.produce(ticket, intake::ToOutbox{application}, std::to_string(ticket), ""); },
                 serve);
  }
  repeat_until([&] { return acknowledged.size() == count; }, serve);
  EXPECT_EQ(*acknowledged.begin(), 1U);
  EXPECT_EQ(*acknowledged.rbegin(), count);
  EXPECT_EQ(producer.failed(), std::nullopt);

  std::map<std::string, std::vector<std::uint64_t>> by_application;
  for (const auto& record : all_of(settings.topics.decided)) {
    by_application[record.key].push_back(std::stoull(*record.value));
  }
  EXPECT_EQ(by_application.size(), 10U);
  for (const auto& [application, tickets] : by_application) {
    EXPECT_EQ(tickets.size(), count / 10);
    EXPECT_TRUE(std::is_sorted(tickets.begin(), tickets.end())) << application;
  }
}

// What Java's client computes for the same keys: murmur2 & 0x7fffffff, modulo the partitions.
TEST_F(IntakeProducer, PutsAKeyWhereJavasClientPutsIt) {
  create_topics(5);
  kafka::IntakeProducer producer{settings, hooks};
  const std::map<std::string, std::int32_t> murmur2{
      {"21", -973932308}, {"foobar", -790332482}, {"a-little-bit-long-string", -985981536}, {"abc", 479470107}};
  std::uint64_t ticket = 0;
  for (const auto& [key, hash] : murmur2) {
    ASSERT_TRUE(producer.produce(++ticket, intake::ToOutbox{key}, "value", ""));
  }
  std::size_t acknowledged = 0;
  repeat_until([&] { return acknowledged == murmur2.size(); },
               [&] { acknowledged += producer.acknowledged() ? 1 : 0; });
  for (const auto& record : all_of(settings.topics.decided)) {
    EXPECT_EQ(record.partition, (murmur2.at(record.key) & 0x7fffffff) % 5) << record.key;
  }
}

TEST_F(IntakeProducer, PutsATickIntoThePartitionThatIsNamed) {
  create_topics(3);
  kafka::IntakeProducer producer{settings, hooks};
  ASSERT_TRUE(producer.produce(1, intake::ToInput{2}, "tick", ""));
  ASSERT_TRUE(producer.produce(2, intake::ToRejects{"run"}, "dead letter", ""));
  int acknowledged = 0;
  repeat_until([&] { return acknowledged == 2; }, [&] { acknowledged += producer.acknowledged() ? 1 : 0; });
  const auto ticks = all_of(settings.topics.exports);
  ASSERT_EQ(ticks.size(), 1U);
  EXPECT_EQ(ticks[0].partition, 2);
  EXPECT_EQ(all_of(settings.topics.rejects).size(), 1U);
}

TEST_F(IntakeProducer, FailsForGoodWhereARecordCanNeverBeDelivered) {
  create_topics(1);
  settings.topics.decided = "no-such-topic";
  settings.properties["topic.metadata.propagation.max.ms"] = "500";
  kafka::IntakeProducer producer{settings, hooks};
  ASSERT_TRUE(producer.produce(1, intake::ToOutbox{"application"}, "value", ""));
  repeat_until([&] { return producer.failed().has_value(); }, [&] { EXPECT_FALSE(producer.acknowledged()); });
}

}  // namespace
