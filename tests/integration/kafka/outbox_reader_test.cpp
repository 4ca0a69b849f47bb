#include "kafka/outbox_reader.hpp"

#include "integration/kafka/kafka_test.hpp"

namespace {

using namespace std::chrono_literals;

class OutboxReader : public KafkaTest {
 protected:
  void fill(int count) {
    create_topics(2);
    std::vector<std::string> values;
    for (int number = 0; number < count; ++number) values.push_back("value-" + std::to_string(number));
    publish(settings.topics.decided, 1, values);
  }
};

TEST_F(OutboxReader, FollowsAPartitionInOrderFromAnOffset) {
  fill(3000);
  kafka::OutboxReader outbox{settings, hooks, context.get_executor()};
  const auto bounds = run(outbox.bounds(1));
  ASSERT_TRUE(bounds);
  EXPECT_EQ(bounds->start, 0);
  EXPECT_EQ(bounds->end, 3000);
  const auto cursor = outbox.follow(1, 1000);
  for (std::int64_t offset = 1000; offset < 3000; ++offset) {
    const auto record = run(cursor->next());
    ASSERT_TRUE(record) << record.error().detail;
    ASSERT_EQ(record->offset, offset);
    ASSERT_EQ(record->value, "value-" + std::to_string(offset));
    ASSERT_EQ(record->key, "key");
  }
  publish(settings.topics.decided, 1, {"later"});
  EXPECT_EQ(run(cursor->next())->value, "later");
}

TEST_F(OutboxReader, FetchesRecordsByTheirOffsets) {
  fill(500);
  kafka::OutboxReader outbox{settings, hooks, context.get_executor()};
  for (const std::int64_t offset : {400, 401, 403, 3, 4, 250, 499, 0}) {
    const auto record = run(outbox.fetch(1, offset));
    ASSERT_TRUE(record) << record.error().detail;
    EXPECT_EQ(record->offset, offset);
    EXPECT_EQ(record->value, "value-" + std::to_string(offset));
    EXPECT_GT(record->appended_at, run::UtcTime{});
  }
}

TEST_F(OutboxReader, FetchesForSeveralAtOnce) {
  fill(500);
  publish(settings.topics.decided, 0, {"other"});
  kafka::OutboxReader outbox{settings, hooks, context.get_executor()};
  int answered = 0;
  for (const auto& [partition, offset] : std::vector<std::pair<std::int32_t, std::int64_t>>{{1, 9}, {0, 0}, {1, 8}}) {
    boost::asio::co_spawn(
        context, outbox.fetch(partition, offset),
        [&, wanted = offset](const std::exception_ptr&, const delivery::Result<delivery::LogRecord>& record) {
          ASSERT_TRUE(record);
          EXPECT_EQ(record->offset, wanted);
          ++answered;
        });
  }
  run_until([&] { return answered == 3; });
}

TEST_F(OutboxReader, SaysSoWhereARecordIsNotInTheLog) {
  fill(5);
  kafka::OutboxReader outbox{settings, hooks, context.get_executor()};
  const auto beyond = run(outbox.fetch(1, 77));
  ASSERT_FALSE(beyond);
  EXPECT_EQ(beyond.error().next_step, delivery::NextStep::reject);
  EXPECT_EQ(beyond.error().reason, run::Reason::outbox_gap);
  EXPECT_TRUE(run(outbox.fetch(1, 2)));
}

TEST_F(OutboxReader, AsksToRepeatWhatNobodyAnswers) {
  settings.brokers = "127.0.0.1:1";
  settings.call_timeout = 1s;
  kafka::OutboxReader outbox{settings, hooks, context.get_executor()};
  const auto bounds = run(outbox.bounds(0));
  ASSERT_FALSE(bounds);
  EXPECT_EQ(bounds.error().next_step, delivery::NextStep::retry);
  const auto record = run(outbox.fetch(0, 0));
  ASSERT_FALSE(record);
  EXPECT_EQ(record.error().next_step, delivery::NextStep::retry);
}

}  // namespace
