#include "kafka/admin.hpp"

#include <algorithm>

#include "integration/kafka/kafka_test.hpp"
#include "kafka/handles.hpp"

namespace {

using testing::ElementsAre;
using testing::IsEmpty;

class Admin : public KafkaTest {
 protected:
  std::vector<kafka::TopicDescription> wanted() {
    kafka::LayoutPlan plan;
    plan.partitions = 4;
    return kafka::wanted_topics(settings.topics, plan, brokers());
  }
  std::size_t brokers() {
    const auto count = admin().broker_count();
    EXPECT_TRUE(count) << count.error().detail;
    return count.value();
  }
  kafka::Admin& admin() {
    if (!admin_) admin_.emplace(settings, hooks);
    return *admin_;
  }
  std::vector<std::string> differences() {
    std::vector<std::string> sentences;
    for (const auto& topic : wanted()) {
      const auto found = admin().describe({topic.name});
      EXPECT_TRUE(found) << found.error().detail;
      const auto real = found->empty() ? std::nullopt : std::optional{found->front()};
      for (const auto& difference : kafka::differences(topic, real)) sentences.push_back(difference.text());
    }
    return sentences;
  }
  void create(const std::vector<kafka::TopicDescription>& topics) {
    for (const auto& topic : topics) {
      const auto created = admin().create(topic);
      ASSERT_TRUE(created) << created.error().detail;
    }
    std::vector<std::string> names;
    for (const auto& topic : topics) names.push_back(topic.name);
    wait_for(admin(), names);
  }
  std::string id_of(const std::string& topic) {
    const auto found = admin().describe({topic});
    return found && !found->empty() ? found->front().id : "not there";
  }
  void remove(const std::string& topic) {
    const kafka::Client client{settings, hooks, {.role = kafka::Role::producer}};
    const kafka::Queue queue{rd_kafka_queue_new(client.get())};
    auto* one = rd_kafka_DeleteTopic_new(topic.c_str());
    rd_kafka_DeleteTopics(client.get(), &one, 1, nullptr, queue.get());
    rd_kafka_DeleteTopic_destroy(one);
    const kafka::Event event{rd_kafka_queue_poll(queue.get(), 10'000)};
    ASSERT_TRUE(event);
    ASSERT_EQ(rd_kafka_event_error(event.get()), RD_KAFKA_RESP_ERR_NO_ERROR);
    repeat_until([&] { return admin().describe({topic})->empty(); }, [] {});
  }

 private:
  std::optional<kafka::Admin> admin_;
};

TEST_F(Admin, CreatesTheTopicsAsTheyAreWantedAndOnceOnly) {
  EXPECT_EQ(brokers(), 1U);
  EXPECT_EQ(differences().size(), 7U);
  for (int round = 0; round < 2; ++round) {
    create(wanted());
    EXPECT_THAT(differences(), IsEmpty());
  }
}

TEST_F(Admin, LeavesATopicThatExistsAsItIsAndNamesWhatIsWrongWithIt) {
  kafka::TopicDescription outbox;
  outbox.name = settings.topics.decided;
  outbox.partitions = 2;
  outbox.replication = 1;
  outbox.config = {{"retention.ms", "3600000"}, {"message.timestamp.type", "CreateTime"}};
  create({outbox});
  create(wanted());
  const auto add_config = [&](const std::string& text) {
    return "kafka-configs --alter --entity-type topics --entity-name " + outbox.name + " --add-config " + text;
  };
  EXPECT_THAT(differences(),
              ElementsAre(outbox.name + ": partitions is 2, must be 4; drain, delete the topic, then "
                                        "segment-export topics create, which makes it with that count",
                          outbox.name + ": message.timestamp.type is CreateTime, must be LogAppendTime; " +
                              add_config("message.timestamp.type=LogAppendTime"),
                          outbox.name + ": retention.ms is 3600000, must be 864000000; " +
                              add_config("retention.ms=864000000")));
}

TEST_F(Admin, TellsATopicThatWasMadeAnewByItsIdWhereTheClientLibraryCan) {
  const auto topic = wanted().front();
  create({topic});
  const auto first = id_of(topic.name);
  remove(topic.name);
  create({topic});
  const auto second = id_of(topic.name);
  const bool can_tell = rd_kafka_version() >= 0x020300ff;
  EXPECT_EQ(!first.empty(), can_tell);
  EXPECT_EQ(first != second, can_tell);
}

TEST_F(Admin, SetsTheFirstOffsetsOfAGroupOnce) {
  create_topics(3);
  const auto first = admin().set_first_offsets(settings.intake_group, settings.topics.exports);
  ASSERT_TRUE(first) << first.error().detail;
  EXPECT_EQ(*first, 3U);
  const auto second = admin().set_first_offsets(settings.intake_group, settings.topics.exports);
  ASSERT_TRUE(second) << second.error().detail;
  EXPECT_EQ(*second, 0U);
}

TEST_F(Admin, SaysSoWhereNobodyAnswers) {
  settings.brokers = "127.0.0.1:1";
  settings.call_timeout = std::chrono::milliseconds{500};
  const auto count = admin().broker_count();
  ASSERT_FALSE(count);
  EXPECT_EQ(count.error().kind, kafka::Error::Kind::unreachable);
}

}  // namespace
