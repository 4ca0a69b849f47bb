#include "kafka/topic_layout.hpp"

#include <algorithm>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace {

using namespace std::chrono_literals;
using kafka::differences;
using kafka::TopicDescription;
using testing::AllOf;
using testing::Contains;
using testing::ElementsAre;
using testing::Field;
using testing::IsEmpty;
using testing::Pair;

const kafka::TopicNames names;

TopicDescription wanted(const std::string& name, const kafka::LayoutPlan& plan = {}, std::size_t brokers = 3) {
  const auto topics = kafka::wanted_topics(names, plan, brokers);
  return *std::ranges::find(topics, name, &TopicDescription::name);
}

TEST(WantedTopics, HaveTheBrokersTime) {
  for (const auto& topic : kafka::wanted_topics(names, {}, 3)) {
    EXPECT_THAT(topic.config, Contains(Pair("message.timestamp.type", "LogAppendTime"))) << topic.name;
  }
}

TEST(WantedTopics, SurviveTheLossOfABrokerWhereThereAreThree) {
  const auto topic = wanted(names.decided);
  EXPECT_EQ(topic.replication, 3);
  EXPECT_THAT(topic.config, AllOf(Contains(Pair("min.insync.replicas", "2")),
                                  Contains(Pair("unclean.leader.election.enable", "false"))));
  EXPECT_EQ(wanted(names.decided, {}, 5).replication, 3);
  EXPECT_EQ(wanted(names.decided, {}, 1).replication, 1);
  EXPECT_FALSE(wanted(names.decided, {}, 1).config.contains("min.insync.replicas"));
}

TEST(WantedTopics, GiveTheJournalAsManyPartitionsAsTheOutbox) {
  const kafka::LayoutPlan plan{.partitions = 7};
  EXPECT_EQ(wanted(names.decided, plan).partitions, 7);
  EXPECT_EQ(wanted(names.deliveries, plan).partitions, 7);
}

TEST(WantedTopics, KeepWhatIsCompactedForLateReaders) {
  for (const auto& name : {names.control, names.deliveries, names.credentials}) {
    EXPECT_THAT(wanted(name).config,
                AllOf(Contains(Pair("cleanup.policy", "compact")), Contains(Pair("min.compaction.lag.ms", "3600000")),
                      Contains(Pair("segment.ms", "3600000")), Contains(Pair("min.cleanable.dirty.ratio", "0.1")),
                      Contains(Pair("delete.retention.ms", "604800000"))))
        << name;
  }
}

TEST(WantedTopics, KeepRecordsAsLongAsARunMayTake) {
  EXPECT_THAT(wanted(names.exports).config, Contains(Pair("retention.ms", "604800000")));
  EXPECT_THAT(wanted(names.decided).config, Contains(Pair("retention.ms", "864000000")));
  kafka::LayoutPlan slow;
  slow.least_input_retention = std::chrono::days{20};
  slow.least_outbox_retention = std::chrono::days{30};
  EXPECT_THAT(wanted(names.exports, slow).config, Contains(Pair("retention.ms", "1728000000")));
  EXPECT_THAT(wanted(names.decided, slow).config,
              AllOf(Contains(Pair("retention.ms", "2592000000")), Contains(Pair("retention.bytes", "-1"))));
}

TEST(TopicDifferences, AreNoneWhereATopicIsAsWanted) {
  EXPECT_THAT(differences(wanted(names.exports), wanted(names.exports)), IsEmpty());
}

TEST(TopicDifferences, NameTopicSettingFoundWantedAndRemedy) {
  auto found = wanted(names.exports);
  found.config["retention.ms"] = "3600000";
  const auto all = differences(wanted(names.exports), found);
  ASSERT_EQ(all.size(), 1U);
  EXPECT_EQ(all[0].text(),
            "segment-exports: retention.ms is 3600000, must be 604800000; kafka-configs --alter --entity-type topics "
            "--entity-name segment-exports --add-config retention.ms=604800000");
}

TEST(TopicDifferences, DoNotCountWhatIsMoreThanEnough) {
  auto found = wanted(names.exports);
  found.config["retention.ms"] = "-1";
  found.config["min.insync.replicas"] = "3";
  found.config["segment.bytes"] = "1073741824";
  EXPECT_THAT(differences(wanted(names.exports), found), IsEmpty());
}

TEST(TopicDifferences, CompareNumbersByValue) {
  auto found = wanted(names.control);
  found.config["min.cleanable.dirty.ratio"] = "0.10";
  EXPECT_THAT(differences(wanted(names.control), found), IsEmpty());
}

TEST(TopicDifferences, NameASizeLimitThatWouldDeleteEarly) {
  auto found = wanted(names.decided);
  found.config["retention.bytes"] = "1000000000";
  EXPECT_THAT(differences(wanted(names.decided), found),
              ElementsAre(Field(&kafka::TopicDifference::what, "retention.bytes")));
}

run::Layout layout() {
  run::Layout layout;
  for (const auto& name : kafka::names_of(names)) layout.topics.push_back({name, 4, 1, "id of " + name});
  return layout;
}

std::vector<TopicDescription> topics() {
  std::vector<TopicDescription> topics;
  for (const auto& name : kafka::names_of(names)) topics.push_back({name, 4, 3, {}, "id of " + name});
  return topics;
}

std::vector<std::string> sentences(const std::optional<run::Layout>& recorded,
                                   const std::vector<TopicDescription>& real) {
  std::vector<std::string> sentences;
  for (const auto& difference : kafka::layout_differences(names, recorded, real)) {
    sentences.push_back(difference.text());
  }
  return sentences;
}

TEST(LayoutDifferences, AreNoneWhereTopicsAreAsTheyWereCreated) {
  EXPECT_THAT(sentences(layout(), topics()), IsEmpty());
}

TEST(LayoutDifferences, NameATopicWithAnotherPartitionCount) {
  auto grown = topics();
  grown[2].partitions = 8;
  EXPECT_THAT(sentences(layout(), grown),
              ElementsAre("decided-contacts: partitions is 8, must be 4; drain, delete the topic, then segment-export "
                          "topics create, which makes it with that count"));
}

TEST(LayoutDifferences, NameATopicThatIsGone) {
  auto fewer = topics();
  fewer.pop_back();
  EXPECT_THAT(sentences(layout(), fewer),
              ElementsAre("export-rejects: topic is missing, must be there; segment-export topics create"));
}

TEST(LayoutDifferences, NameATopicThatWasNeverWrittenDown) {
  auto partial = layout();
  partial.topics.erase(partial.topics.begin());
  EXPECT_THAT(sentences(partial, topics()),
              ElementsAre("segment-exports: layout is missing, must be written down; segment-export topics create"));
  EXPECT_EQ(sentences(std::nullopt, topics()).size(), 7U);
}

TEST(LayoutDifferences, NameATopicThatWasMadeAnew) {
  auto anew = topics();
  anew[3].id = "another";
  EXPECT_THAT(sentences(layout(), anew),
              ElementsAre("export-deliveries: id is another, must be id of export-deliveries; the topic was made anew: "
                          "stop the workers, then segment-export topics create"));
}

TEST(LayoutDifferences, CannotTellATopicThatWasMadeAnewWhereAnIdIsUnknown) {
  auto anew = topics();
  anew[3].id = "";
  EXPECT_THAT(sentences(layout(), anew), IsEmpty());
  auto unknown = layout();
  unknown.topics[3].topic_id = "";
  EXPECT_THAT(sentences(unknown, topics()), IsEmpty());
}

TEST(LayoutDifferences, LeaveTopicsOfOthersAlone) {
  auto more = topics();
  more.push_back({"orders", 1, 1, {}});
  EXPECT_THAT(sentences(layout(), more), IsEmpty());
}

TEST(TopicDifferences, NameAnotherPartitionCountAndAMissingTopic) {
  auto found = wanted(names.decided);
  found.partitions = 3;
  EXPECT_THAT(differences(wanted(names.decided), found),
              ElementsAre(Field(&kafka::TopicDifference::what, "partitions")));
  EXPECT_THAT(differences(wanted(names.decided), std::nullopt),
              ElementsAre(Field(&kafka::TopicDifference::what, "topic")));
}

}  // namespace
