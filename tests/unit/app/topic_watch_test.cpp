#include "app/topic_watch.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace app {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using testing::StartsWith;

const kafka::TopicNames names;

run::Layout layout() {
  run::Layout layout;
  for (const std::string& name : kafka::names_of(names)) layout.topics.push_back({name, 4, 1});
  return layout;
}

std::vector<kafka::TopicDescription> topics() {
  std::vector<kafka::TopicDescription> topics;
  for (const std::string& name : kafka::names_of(names)) topics.push_back({name, 4, 3, {}});
  return topics;
}

TEST(LayoutProblems, AreNoneWhereTopicsAreAsTheyWereCreated) {
  EXPECT_THAT(layout_problems(names, std::nullopt, layout(), topics()), IsEmpty());
  EXPECT_THAT(layout_problems(names, layout(), layout(), topics()), IsEmpty());
}

TEST(LayoutProblems, NameEachDifferenceFromTheLayout) {
  auto grown = topics();
  grown[2].partitions = 8;
  EXPECT_THAT(layout_problems(names, std::nullopt, layout(), grown),
              ElementsAre(StartsWith("decided-contacts: partitions is 8, must be 4")));
}

TEST(LayoutProblems, NameATopicThatGotAnotherIncarnationSinceTheProcessBegan) {
  auto renewed = layout();
  renewed.topics[2].incarnation = 2;
  EXPECT_THAT(layout_problems(names, layout(), renewed, topics()),
              ElementsAre("decided-contacts was made anew: this process began with incarnation 1, now it is 2"));
  EXPECT_THAT(layout_problems(names, std::nullopt, renewed, topics()), IsEmpty());
}

TEST(LayoutProblems, AreNoneWhereAnIdWasOnlyWrittenDownLater) {
  auto named = layout();
  for (auto& topic : named.topics) topic.topic_id = "id of " + topic.name;
  EXPECT_THAT(layout_problems(names, layout(), named, topics()), IsEmpty());
}

}  // namespace
}  // namespace app
