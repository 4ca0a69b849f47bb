#include <algorithm>

#include "integration/kafka/broker.hpp"
#include "integration/kafka/kafka_test.hpp"
#include "kafka/client.hpp"
#include "kafka/delivery_group.hpp"
#include "kafka/handles.hpp"
#include "kafka/input_consumer.hpp"
#include "kafka/intake_producer.hpp"
#include "kafka/journal_topic.hpp"
#include "kafka/topic_reader.hpp"

namespace {

using namespace std::chrono_literals;
using delivery::CommitAnswer;
using delivery::Outgoing;
using testing::IsEmpty;

class BrokerRestart : public KafkaTest {
 protected:
  BrokerRestart() { settings.session_timeout = 45s; }  // The broker is away for some seconds.

  /// Of partition 0; below 0 if there is none, or no answer.
  static std::int64_t committed(const kafka::Client& client, const std::string& topic) {
    const auto list = kafka::partition_list();
    auto* entry = rd_kafka_topic_partition_list_add(list.get(), topic.c_str(), 0);
    const auto code = rd_kafka_committed(client.get(), list.get(), 1000);
    return code == RD_KAFKA_RESP_ERR_NO_ERROR && entry->err == RD_KAFKA_RESP_ERR_NO_ERROR ? entry->offset : -1;
  }
};

TEST_F(BrokerRestart, LosesAndRepeatsNothingOfWhatIntakeProduces) {
  constexpr std::uint64_t count = 2000;
  create_topics(1);
  kafka::IntakeProducer producer{settings, hooks};
  std::uint64_t acknowledged = 0;
  const auto serve = [&] {
    while (producer.acknowledged()) ++acknowledged;
  };
  const auto produce = [&](std::uint64_t from, std::uint64_t to) {
    for (auto ticket = from; ticket < to; ++ticket) {
      repeat_until([&] { return producer.produce(ticket, intake::ToOutbox{"a"}, std::to_string(ticket), ""); }, serve);
      if (ticket % 100 == 0) serve();
    }
  };
  produce(0, count / 2);
  Broker::stop();
  produce(count / 2, count);
  Broker::start_again();
  repeat_until([&] { return acknowledged == count; }, serve);

  kafka::TopicReader reader{settings, hooks};
  ASSERT_TRUE(reader.open(settings.topics.decided, kafka::FromStart{}));
  std::uint64_t next = 0;
  repeat_until([&] { return reader.at_end(); },
               [&] {
                 const auto record = reader.next(1s);
                 if (record && *record) ASSERT_EQ((*record)->value, std::to_string(next++));
               });
  EXPECT_EQ(next, count);
  EXPECT_THAT(failures(), IsEmpty());
}

TEST_F(BrokerRestart, LetsIntakeCommitAgain) {
  settings.session_timeout = 10s;  // librdkafka 2.0.2 may find its coordinator again only by joining anew.
  create_topics(1);
  kafka::InputConsumer consumer{settings, hooks};
  bool held = false;
  const auto turn = [&] {
    const auto event = consumer.poll(10ms);
    if (std::holds_alternative<intake::Revoked>(event)) {
      held = false;
      consumer.release();
    }
    if (std::holds_alternative<intake::Assigned>(event)) {
      held = true;
      consumer.start({{0, 0}});
      consumer.commit(0, 5, "v1;away");
    }
  };
  repeat_until([&] { return held; }, turn);
  Broker::stop();
  consumer.commit(0, 6, "v1;away");
  consumer.finish_commits(1s);
  Broker::start_again();
  // One for all questions: librdkafka may hang where a client is closed while its coordinator is coming up.
  const kafka::Client asker{settings, hooks, {.properties = kafka::group_properties(settings, settings.intake_group)}};
  repeat_until([&] { return committed(asker, settings.topics.exports) >= 5; }, turn);
  EXPECT_THAT(failures(), IsEmpty());
}

TEST_F(BrokerRestart, EndsAClaimWhoseCommitIsNotKnownInTime) {
  create_topics(1);
  settings.transaction_deadline = 3s;
  kafka::JournalTopic journal{settings, hooks, context.get_executor()};
  const auto step = [](const std::string& value) {
    std::vector<Outgoing> records;
    records.push_back({.to = Outgoing::To::journal, .key = "a", .value = value, .trace_parent = {}});
    return records;
  };
  auto claim = run(journal.claim(0));
  ASSERT_TRUE(claim);
  ASSERT_TRUE(run((*claim)->commit(step("1"))));
  Broker::stop();
  const auto unknown = run((*claim)->commit(step("2")));
  ASSERT_FALSE(unknown);
  EXPECT_EQ(unknown.error().next_step, delivery::NextStep::stop);
  claim->reset();
  Broker::start_again();
  bool again = false;
  repeat_until([&] { return again; },
               [&] {
                 claim = run(journal.claim(0));
                 again = claim.has_value();
               });
  ASSERT_TRUE(run((*claim)->commit(step("3"))));
  const auto records = run(journal.read_all(0));
  ASSERT_TRUE(records) << records.error().detail;
  EXPECT_EQ(records->front().value, "1");
  EXPECT_EQ(records->back().value, "3");
  EXPECT_THAT(failures(), IsEmpty());
}

TEST_F(BrokerRestart, EndsInTheTransactionThatBeganWithoutABroker) {
  create_topics(1);
  settings.transaction_deadline = 60s;
  kafka::JournalTopic journal{settings, hooks, context.get_executor()};
  const auto claim = run(journal.claim(0));
  ASSERT_TRUE(claim);
  const auto step = [](const std::string& value) {
    std::vector<Outgoing> records;
    records.push_back({.to = Outgoing::To::journal, .key = "a", .value = value, .trace_parent = {}});
    return records;
  };
  ASSERT_TRUE(run((*claim)->commit(step("1"))));
  Broker::stop();
  std::optional<delivery::Result<delivery::Committed>> committed;
  boost::asio::co_spawn(
      context, (*claim)->commit(step("2")),
      [&](const std::exception_ptr&, delivery::Result<delivery::Committed> result) { committed = std::move(result); });
  Broker::start_again();
  run_until([&] { return committed.has_value(); });
  ASSERT_TRUE(*committed) << committed->error().detail;
  ASSERT_TRUE(run((*claim)->commit(step("3"))));
  const auto records = run(journal.read_all(0));
  ASSERT_TRUE(records) << records.error().detail;
  ASSERT_EQ(records->size(), 3U);
  EXPECT_EQ((*records)[1].value, "2");
  EXPECT_EQ((*records)[1].appended_at, (*committed)->appended_at);
}

TEST_F(BrokerRestart, LetsACommitOfTheGroupBeRepeated) {
  create_topics(1);
  settings.call_timeout = 2s;
  kafka::DeliveryGroup group{settings, hooks, context.get_executor()};
  ASSERT_TRUE(std::holds_alternative<delivery::GroupAssigned>(run(group.next())));
  group.accept();
  Broker::stop();
  EXPECT_EQ(run(group.commit(0, 1)), CommitAnswer::failed);
  EXPECT_FALSE(run(group.committed(0)));
  Broker::start_again();
  auto answer = CommitAnswer::failed;
  repeat_until([&] { return answer != CommitAnswer::failed; }, [&] { answer = run(group.commit(0, 2)); });
  EXPECT_EQ(answer, CommitAnswer::done);
  EXPECT_THAT(failures(), IsEmpty());
}

TEST_F(BrokerRestart, KeepsNobodyFromLeavingWhoWasLostMeanwhile) {
  settings.session_timeout = 6s;
  create_topics(1);
  std::optional<kafka::DeliveryGroup> group;
  group.emplace(settings, hooks, context.get_executor());
  ASSERT_TRUE(std::holds_alternative<delivery::GroupAssigned>(run(group->next())));
  group->accept();
  std::optional<kafka::InputConsumer> consumer;
  consumer.emplace(settings, hooks);
  intake::SourceEvent event;
  repeat_until([&] { return std::holds_alternative<intake::Assigned>(event); }, [&] { event = consumer->poll(10ms); });
  consumer->start({{0, 0}});
  Broker::stop();
  const auto revoked = run(group->next());
  ASSERT_TRUE(std::holds_alternative<delivery::GroupRevoked>(revoked));
  EXPECT_TRUE(std::get<delivery::GroupRevoked>(revoked).lost);
  repeat_until([&] { return std::holds_alternative<intake::Revoked>(event); }, [&] { event = consumer->poll(10ms); });
  EXPECT_TRUE(std::get<intake::Revoked>(event).lost);
  consumer.reset();
  Broker::start_again();
  group.reset();
}

}  // namespace
