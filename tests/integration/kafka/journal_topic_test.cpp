#include "kafka/journal_topic.hpp"

#include "integration/kafka/kafka_test.hpp"
#include "kafka/client.hpp"
#include "kafka/handles.hpp"
#include "kafka/produce.hpp"
#include "kafka/topic_reader.hpp"

namespace {

using namespace std::chrono_literals;
using delivery::NextStep;
using delivery::Outgoing;
using testing::ElementsAre;
using testing::IsEmpty;
using testing::SizeIs;

std::vector<Outgoing> step(const std::string& key, const std::string& value) {
  std::vector<Outgoing> records;
  records.push_back({.to = Outgoing::To::journal, .key = key, .value = value, .trace_parent = {}});
  records.push_back({.to = Outgoing::To::results, .key = key, .value = value, .trace_parent = {}});
  return records;
}

class JournalTopic : public KafkaTest {
 protected:
  std::vector<std::string> values(kafka::JournalTopic& journal, std::int32_t partition) {
    const auto records = run(journal.read_all(partition));
    EXPECT_TRUE(records) << records.error().detail;
    std::vector<std::string> values;
    if (records) {
      for (const auto& record : *records) values.push_back(record.value.value_or("-"));
    }
    return values;
  }

  /// A producer of the same transactional id that stops in the middle of a transaction.
  std::unique_ptr<kafka::Client> leave_a_transaction_open(std::int32_t partition) {
    auto properties = kafka::producer_properties(settings);
    properties.erase("message.timeout.ms");
    properties["transactional.id"] = settings.transactional_id_prefix + "-delivery-" + std::to_string(partition);
    auto client = std::make_unique<kafka::Client>(
        settings, hooks,
        kafka::ClientOptions{
            .role = kafka::Role::producer,
            .properties = std::move(properties),
            .on_delivery = [](const rd_kafka_message_s& message,
                              void* owner) { *static_cast<rd_kafka_resp_err_t*>(owner) = message.err; },
            .owner = &delivered});
    EXPECT_EQ(rd_kafka_init_transactions(client->get(), 30'000), nullptr);
    EXPECT_EQ(rd_kafka_begin_transaction(client->get()), nullptr);
    kafka::Production production;
    production.topic = &settings.topics.deliveries;
    production.partition = partition;
    production.key = "a";  // The brokers refuse a record without one in a compacted topic.
    production.value = "left open";
    EXPECT_EQ(kafka::produce(client->get(), production), RD_KAFKA_RESP_ERR_NO_ERROR);
    EXPECT_EQ(rd_kafka_flush(client->get(), 30'000), RD_KAFKA_RESP_ERR_NO_ERROR);
    EXPECT_EQ(delivered, RD_KAFKA_RESP_ERR_NO_ERROR);
    return client;
  }

  rd_kafka_resp_err_t delivered = RD_KAFKA_RESP_ERR__IN_PROGRESS;
};

TEST_F(JournalTopic, ReadsBackWhatWasCommittedAndTellsItsTime) {
  create_topics(2);
  kafka::JournalTopic journal{settings, hooks, context.get_executor()};
  EXPECT_THAT(values(journal, 1), IsEmpty());
  auto claim = run(journal.claim(1));
  ASSERT_TRUE(claim) << claim.error().detail;
  const auto first = run((*claim)->commit(step("a", "1")));
  ASSERT_TRUE(first) << first.error().detail;
  std::vector<Outgoing> tombstone;
  tombstone.push_back({.to = Outgoing::To::journal, .key = "a", .value = {}, .trace_parent = {}});
  ASSERT_TRUE(run((*claim)->commit(std::move(tombstone))));

  const auto records = run(journal.read_all(1));
  ASSERT_TRUE(records);
  ASSERT_THAT(*records, SizeIs(2));
  EXPECT_EQ((*records)[0].key, "a");
  EXPECT_EQ((*records)[0].value, "1");
  EXPECT_EQ((*records)[0].appended_at, first->appended_at);
  EXPECT_GT(first->appended_at, run::UtcTime{});
  EXPECT_EQ((*records)[1].value, std::nullopt);
  EXPECT_THAT(values(journal, 0), IsEmpty());
}

TEST_F(JournalTopic, FencesTheOlderClaim) {
  create_topics(1);
  kafka::JournalTopic old_journal{settings, hooks, context.get_executor()};
  kafka::JournalTopic journal{settings, hooks, context.get_executor()};
  auto older = run(old_journal.claim(0));
  ASSERT_TRUE(older);
  ASSERT_TRUE(run((*older)->commit(step("a", "1"))));
  auto newer = run(journal.claim(0));
  ASSERT_TRUE(newer);
  const auto late = run((*older)->commit(step("a", "late")));
  ASSERT_FALSE(late);
  EXPECT_EQ(late.error().next_step, NextStep::stop);
  ASSERT_TRUE(run((*newer)->commit(step("a", "2"))));
  EXPECT_THAT(values(journal, 0), ElementsAre("1", "2"));
  // Being fenced ends a claim, not the process.
  EXPECT_THAT(failures(), IsEmpty());
}

TEST_F(JournalTopic, AbortsWhatADeadOwnerLeftOpen) {
  create_topics(1);
  kafka::JournalTopic journal{settings, hooks, context.get_executor()};
  const auto dead = leave_a_transaction_open(0);
  auto claim = run(journal.claim(0));
  ASSERT_TRUE(claim);
  ASSERT_TRUE(run((*claim)->commit(step("a", "1"))));
  EXPECT_THAT(values(journal, 0), ElementsAre("1"));
}

TEST_F(JournalTopic, ShowsNothingOfATransactionThatIsOpen) {
  create_topics(1);
  kafka::JournalTopic journal{settings, hooks, context.get_executor()};
  {
    auto claim = run(journal.claim(0));
    ASSERT_TRUE(claim);
    ASSERT_TRUE(run((*claim)->commit(step("a", "1"))));
  }
  const auto open = leave_a_transaction_open(0);
  kafka::TopicReader reader{settings, hooks};
  ASSERT_TRUE(reader.open(settings.topics.deliveries, kafka::FromStart{}));
  const auto first = reader.next(10s);
  ASSERT_TRUE(first && *first);
  EXPECT_EQ((*first)->value, "1");
  const auto second = reader.next(500ms);
  ASSERT_TRUE(second);
  EXPECT_FALSE(second->has_value());
}

TEST_F(JournalTopic, WritesAStepAndItsEventTogether) {
  create_topics(3);
  kafka::JournalTopic journal{settings, hooks, context.get_executor()};
  auto claim = run(journal.claim(2));
  ASSERT_TRUE(claim);
  constexpr int steps = 20;
  for (int number = 0; number < steps; ++number) {
    const std::string name = std::to_string(number);
    ASSERT_TRUE(run((*claim)->commit(step("run-" + name, name))));
  }
  kafka::TopicReader reader{settings, hooks};
  ASSERT_TRUE(reader.open(settings.topics.results, kafka::FromStart{}));
  int results = 0;
  repeat_until([&] { return reader.at_end(); },
               [&] {
                 const auto record = reader.next(1s);
                 if (record && *record) ++results;
               });
  EXPECT_EQ(results, steps);
  EXPECT_THAT(values(journal, 2), SizeIs(steps));
}

TEST_F(JournalTopic, AsksToRepeatAClaimThatNobodyAnswers) {
  settings.brokers = "127.0.0.1:1";
  settings.call_timeout = 1s;
  kafka::JournalTopic journal{settings, hooks, context.get_executor()};
  const auto claim = run(journal.claim(0));
  ASSERT_FALSE(claim);
  EXPECT_EQ(claim.error().next_step, NextStep::retry);
}

}  // namespace
