#include "cli/topics_plan.hpp"

#include <algorithm>

#include <gmock/gmock.h>

namespace cli {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using testing::SizeIs;

const kafka::TopicNames names;

std::vector<kafka::TopicDescription> wanted() { return kafka::wanted_topics(names, {.partitions = 4}, 1); }

std::int32_t partitions(const std::vector<kafka::TopicDescription>& topics, const std::string& name) {
  return std::ranges::find(topics, name, &kafka::TopicDescription::name)->partitions;
}

kafka::TopicDescription& topic(std::vector<kafka::TopicDescription>& topics, const std::string& name) {
  return *std::ranges::find(topics, name, &kafka::TopicDescription::name);
}

TEST(TopicsPlan, MakesEveryTopicWhereThereIsNone) {
  const auto plan = plan_topics(names, wanted(), {}, std::nullopt);
  EXPECT_THAT(plan.missing, SizeIs(7));
  EXPECT_THAT(plan.layout.topics, SizeIs(7));
  EXPECT_EQ(plan.layout.topics.front(), (run::TopicLayout{"segment-exports", 4, 1}));
  EXPECT_TRUE(plan.counts_fit);
}

TEST(TopicsPlan, HasNothingToDoTheSecondTime) {
  const auto first = plan_topics(names, wanted(), {}, std::nullopt);
  const auto second = plan_topics(names, wanted(), wanted(), first.layout);
  EXPECT_THAT(second.missing, IsEmpty());
  EXPECT_THAT(second.differences, IsEmpty());
  EXPECT_EQ(second.layout, first.layout);
}

TEST(TopicsPlan, AdoptsThePartitionsOfATopicThatIsThere) {
  auto found = wanted();
  topic(found, names.exports).partitions = 50;
  const auto plan = plan_topics(names, wanted(), found, std::nullopt);
  EXPECT_THAT(plan.differences, IsEmpty());
  EXPECT_EQ(plan.layout.topics.front().partitions, 50U);
}

TEST(TopicsPlan, GivesTheJournalThePartitionsOfTheOutbox) {
  auto all = wanted();
  std::vector<kafka::TopicDescription> found{topic(all, names.decided)};
  found.front().partitions = 9;
  EXPECT_EQ(partitions(plan_topics(names, wanted(), found, std::nullopt).missing, names.deliveries), 9);
}

TEST(TopicsPlan, RefusesAJournalThatDisagreesWithTheOutbox) {
  auto found = wanted();
  topic(found, names.deliveries).partitions = 5;
  const auto plan = plan_topics(names, wanted(), found, std::nullopt);
  EXPECT_FALSE(plan.counts_fit);
  ASSERT_THAT(plan.differences, SizeIs(1));
  EXPECT_EQ(plan.differences.front().topic, names.deliveries);
}

TEST(TopicsPlan, RefusesATopicThatGrewSinceItWasCreated) {
  const auto first = plan_topics(names, wanted(), {}, std::nullopt);
  auto grown = wanted();
  topic(grown, names.exports).partitions = 8;
  const auto plan = plan_topics(names, wanted(), grown, first.layout);
  EXPECT_FALSE(plan.counts_fit);
  ASSERT_THAT(plan.differences, SizeIs(1));
  EXPECT_EQ(plan.differences.front().found, "8");
  EXPECT_EQ(plan.differences.front().wanted, "4");
}

TEST(TopicsPlan, MakesATopicThatVanishedAsItWas) {
  auto first = plan_topics(names, wanted(), {}, std::nullopt);
  first.layout.topics.front().partitions = 12;
  first.layout.topics.front().incarnation = 3;
  auto found = wanted();
  found.erase(found.begin());
  const auto plan = plan_topics(names, wanted(), found, first.layout);
  EXPECT_EQ(partitions(plan.missing, names.exports), 12);
  EXPECT_EQ(plan.layout.topics.front().incarnation, 4U);
}

TEST(TopicsPlan, GivesATopicThatSomebodyMadeAnewItsNextIncarnation) {
  auto first = plan_topics(names, wanted(), {}, std::nullopt);
  first.layout.topics.front().topic_id = "old";
  auto found = wanted();
  found.front().id = "new";
  const auto plan = plan_topics(names, wanted(), found, first.layout);
  EXPECT_EQ(plan.layout.topics.front(), (run::TopicLayout{names.exports, 4, 2, "new"}));
  EXPECT_THAT(plan.renewed, ElementsAre(names.exports));
  EXPECT_THAT(plan.differences, IsEmpty());
  ASSERT_THAT(check_topics(plan), SizeIs(1));
  EXPECT_EQ(check_topics(plan).front().what, "id");
}

TEST(TopicsPlan, WritesDownTheIdOfATopicThatIsThereAndKeepsOneThatItCannotSee) {
  auto found = wanted();
  found.front().id = "first";
  const auto first = plan_topics(names, wanted(), found, std::nullopt);
  EXPECT_EQ(first.layout.topics.front().topic_id, "first");
  const auto second = plan_topics(names, wanted(), wanted(), first.layout);
  EXPECT_EQ(second.layout, first.layout);
}

TEST(TopicsPlan, ForgetsTheIdOfATopicThatItMakesAnewAndLearnsTheNextOne) {
  auto found = wanted();
  found.front().id = "first";
  const auto first = plan_topics(names, wanted(), found, std::nullopt);
  auto fewer = wanted();
  fewer.erase(fewer.begin());
  const auto plan = plan_topics(names, wanted(), fewer, first.layout);
  EXPECT_EQ(plan.layout.topics.front().topic_id, "");
  found.front().id = "second";
  EXPECT_EQ(with_ids(plan.layout, found).topics.front(), (run::TopicLayout{names.exports, 4, 2, "second"}));
}

TEST(TopicsPlan, NamesASettingThatDiffersAndStillFits) {
  auto found = wanted();
  topic(found, names.control).config["cleanup.policy"] = "delete";
  const auto plan = plan_topics(names, wanted(), found, std::nullopt);
  ASSERT_THAT(plan.differences, SizeIs(1));
  EXPECT_EQ(plan.differences.front().what, "cleanup.policy");
  EXPECT_TRUE(plan.counts_fit);
}

TEST(TopicsCheck, NamesATopicThatIsMissing) {
  const auto created = plan_topics(names, wanted(), {}, std::nullopt);
  auto found = wanted();
  found.pop_back();
  const auto plan = plan_topics(names, wanted(), found, created.layout);
  const auto differences = check_topics(plan);
  ASSERT_THAT(differences, SizeIs(1));
  EXPECT_EQ(differences.front().topic, names.rejects);
  EXPECT_EQ(differences.front().found, "missing");
}

TEST(TopicsCheck, NamesTopicsThatWereNeverWrittenDown) {
  const auto plan = plan_topics(names, wanted(), wanted(), std::nullopt);
  EXPECT_THAT(check_topics(plan), SizeIs(7));
}

TEST(TopicsCheck, FindsNothingWhereAllIsWell) {
  const auto created = plan_topics(names, wanted(), {}, std::nullopt);
  EXPECT_THAT(check_topics(plan_topics(names, wanted(), wanted(), created.layout)), IsEmpty());
}

}  // namespace
}  // namespace cli
