#include "kafka/publisher.hpp"

#include "integration/kafka/kafka_test.hpp"
#include "kafka/topic_reader.hpp"

namespace {

using namespace std::chrono_literals;
using testing::ElementsAre;

class Publisher : public KafkaTest {};

TEST_F(Publisher, PublishesInOrderAndTellsWhatWasAcknowledged) {
  create_topics(3);
  kafka::Publisher publisher{settings, hooks};
  constexpr int count = 20'000;
  for (int number = 0; number < count; ++number) {
    ASSERT_TRUE(publisher.publish(settings.topics.exports, "run", std::to_string(number)));
  }
  ASSERT_TRUE(publisher.publish(settings.topics.exports, "run", std::nullopt));
  ASSERT_TRUE(publisher.flush(30s));
  EXPECT_EQ(publisher.acknowledged(), count + 1U);

  kafka::TopicReader reader{settings, hooks};
  ASSERT_TRUE(reader.open(settings.topics.exports, kafka::FromStart{}));
  int next = 0;
  while (next < count) {
    const auto record = reader.next(10s);
    ASSERT_TRUE(record && *record);
    ASSERT_EQ((*record)->value, std::to_string(next++));
  }
  const auto last = reader.next(10s);
  ASSERT_TRUE(last && *last);
  EXPECT_EQ((*last)->value, std::nullopt);
  EXPECT_EQ((*last)->key, "run");
}

TEST_F(Publisher, SaysSoWhereNobodyAnswers) {
  settings.brokers = "127.0.0.1:1";
  kafka::Publisher publisher{settings, hooks};
  ASSERT_TRUE(publisher.publish(settings.topics.exports, "run", "value"));
  const auto flushed = publisher.flush(200ms);
  ASSERT_FALSE(flushed);
  EXPECT_EQ(flushed.error().kind, kafka::Error::Kind::unreachable);
}

class TopicReader : public KafkaTest {
 protected:
  std::vector<std::string> read(const kafka::ReadFrom& from, std::vector<std::int32_t> partitions = {}) {
    kafka::TopicReader reader{settings, hooks};
    EXPECT_TRUE(reader.open(settings.topics.results, from, std::move(partitions)));
    std::vector<std::string> values;
    repeat_until([&] { return reader.at_end(); },
                 [&] {
                   const auto record = reader.next(1s);
                   if (record && *record) values.push_back(*(*record)->value);
                 });
    return values;
  }
};

TEST_F(TopicReader, BeginsWhereItIsTold) {
  create_topics(2);
  publish(settings.topics.results, 0, {"a", "b", "c"});
  publish(settings.topics.results, 1, {"d"});
  EXPECT_THAT(read(kafka::FromStart{}), testing::UnorderedElementsAre("a", "b", "c", "d"));
  EXPECT_THAT(read(kafka::FromOffset{1}, {0}), ElementsAre("b", "c"));
  EXPECT_THAT(read(kafka::FromOffset{99}, {0}), ElementsAre());
  EXPECT_THAT(read(kafka::FromEnd{}), ElementsAre());
  EXPECT_THAT(read(kafka::FromTime{}, {0}), ElementsAre("a", "b", "c"));
  const auto later = std::chrono::time_point_cast<std::chrono::milliseconds>(std::chrono::system_clock::now()) + 1h;
  EXPECT_THAT(read(kafka::FromTime{later}), ElementsAre());
}

TEST_F(TopicReader, NamesATopicOrAPartitionThatIsNotThere) {
  kafka::TopicReader reader{settings, hooks};
  const auto missing = reader.open("no-such-topic", kafka::FromStart{});
  ASSERT_FALSE(missing);
  EXPECT_EQ(missing.error().kind, kafka::Error::Kind::missing_topic);
  create_topics(1);
  const auto partition = reader.open(settings.topics.results, kafka::FromStart{}, {5});
  ASSERT_FALSE(partition);
  EXPECT_EQ(partition.error().kind, kafka::Error::Kind::missing_topic);
}

}  // namespace
