#include "kafka/compacted_topic.hpp"

#include <atomic>
#include <map>
#include <string_view>
#include <thread>

#include "integration/kafka/kafka_test.hpp"
#include "kafka/record_writer.hpp"

namespace {

using namespace std::chrono_literals;
using delivery::Outgoing;
using testing::ElementsAre;
using testing::Pair;

Outgoing credential(const std::string& key, std::optional<std::string> value) {
  return {.to = Outgoing::To::credentials, .key = key, .value = std::move(value), .trace_parent = {}};
}

boost::asio::awaitable<void> follow(kafka::CompactedTopic* topic, std::map<std::string, std::string>* table) {
  for (;;) {
    auto record = co_await topic->next();
    if (record.value) {
      (*table)[record.key] = *record.value;
    } else {
      table->erase(record.key);
    }
  }
}

class CompactedTopic : public KafkaTest {
 protected:
  void follow_in_background(kafka::CompactedTopic& topic) {
    boost::asio::co_spawn(context, follow(&topic, &table), [](const std::exception_ptr&) {});
  }
  std::map<std::string, std::string> table;
};

class RecordWriter : public KafkaTest {};

TEST_F(CompactedTopic, HandsOutAllPartitionsAndTombstonesBeforeItHasCaughtUp) {
  create_topics(3);
  kafka::RecordWriter writer{settings, hooks, context.get_executor()};
  for (const char* key : {"a", "b", "c", "d", "e"}) ASSERT_TRUE(run(writer.write(credential(key, "1"))));
  ASSERT_TRUE(run(writer.write(credential("b", std::nullopt))));
  ASSERT_TRUE(run(writer.write(credential("c", "2"))));

  kafka::CompactedTopic topic{settings, hooks, settings.topics.credentials, context.get_executor()};
  follow_in_background(topic);
  ASSERT_TRUE(run(topic.caught_up()));
  EXPECT_THAT(table, ElementsAre(Pair("a", "1"), Pair("c", "2"), Pair("d", "1"), Pair("e", "1")));

  ASSERT_TRUE(run(writer.write(credential("b", "3"))));
  ASSERT_TRUE(run(topic.caught_up()));
  EXPECT_EQ(table["b"], "3");
  run_until([&] { return table.size() == 5; });
  context.stop();
}

TEST_F(CompactedTopic, HasCaughtUpWithAnEmptyTopicAtOnce) {
  create_topics(2);
  kafka::CompactedTopic topic{settings, hooks, settings.topics.control, context.get_executor()};
  follow_in_background(topic);
  EXPECT_TRUE(run(topic.caught_up()));
  publish(settings.topics.control, 1, {"later"});
  run_until([&] { return table.contains("key"); });
}

TEST_F(RecordWriter, KnowsItsTopicBeforeTheFirstRecord) {
  create_topics(1);
  settings.properties["debug"] = "topic";
  std::atomic<bool> known = false;
  const auto told = "Topic " + settings.topics.credentials + " partition count changed from 0 to 1";
  hooks.log = [&](int, std::string_view, std::string_view text) {
    if (text.find(told) != std::string_view::npos) known = true;
  };
  const kafka::RecordWriter writer{settings, hooks, context.get_executor()};
  repeat_until([&] { return known.load(); }, [] { std::this_thread::yield(); });
}

TEST_F(RecordWriter, CanBeLeftWithARecordOnItsWay) {
  settings.brokers = "127.0.0.1:1";
  std::optional<delivery::Result<void>> written;
  {
    kafka::RecordWriter writer{settings, hooks, context.get_executor()};
    boost::asio::co_spawn(
        context, writer.write(credential("a", "1")),
        [&](const std::exception_ptr&, delivery::Result<void> result) { written = std::move(result); });
    context.restart();
    context.poll();
  }
  run_until([&] { return written.has_value(); });
  ASSERT_FALSE(*written);
  EXPECT_EQ(written->error().next_step, delivery::NextStep::retry);
}

TEST_F(CompactedTopic, AsksToRepeatWhatNobodyAnswers) {
  settings.brokers = "127.0.0.1:1";
  kafka::CompactedTopic topic{settings, hooks, settings.topics.control, context.get_executor()};
  const auto caught_up = run(topic.caught_up());
  ASSERT_FALSE(caught_up);
  EXPECT_EQ(caught_up.error().next_step, delivery::NextStep::retry);
}

TEST_F(CompactedTopic, BeginsOnceItsTopicIsThere) {
  kafka::CompactedTopic topic{settings, hooks, settings.topics.control, context.get_executor()};
  follow_in_background(topic);
  EXPECT_FALSE(run(topic.caught_up()));
  create_topics(1);
  publish(settings.topics.control, 0, {"first"});
  run_until([&] { return table.contains("key"); });
}

}  // namespace
