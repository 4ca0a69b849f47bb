#include "app/topic_watch.hpp"

#include <algorithm>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace app {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

const kafka::TopicNames names;

const std::vector<std::string> all_names{names.exports,     names.control, names.decided, names.deliveries,
                                         names.credentials, names.results, names.rejects};

run::Layout layout() {
  run::Layout layout;
  for (const std::string& name : all_names) layout.topics.push_back({.name = name, .partitions = 4});
  return layout;
}

std::vector<kafka::TopicDescription> topics() {
  std::vector<kafka::TopicDescription> topics;
  for (const std::string& name : all_names) topics.push_back({.name = name, .partitions = 4, .config = {}});
  return topics;
}

TEST(LayoutProblems, AreNoneWhereTopicsAreAsTheyWereCreated) {
  EXPECT_THAT(layout_problems(names, layout(), topics()), IsEmpty());
}

TEST(LayoutProblems, NameATopicWithAnotherPartitionCount) {
  auto grown = topics();
  grown[2].partitions = 8;
  EXPECT_THAT(layout_problems(names, layout(), grown),
              ElementsAre("decided-contacts has 8 partitions and was created with 4"));
}

TEST(LayoutProblems, NameATopicThatIsGone) {
  auto fewer = topics();
  fewer.pop_back();
  EXPECT_THAT(layout_problems(names, layout(), fewer), ElementsAre("export-rejects does not exist; run topics create"));
}

TEST(LayoutProblems, NameATopicThatWasNeverCreatedByUs) {
  auto partial = layout();
  partial.topics.erase(partial.topics.begin());
  EXPECT_THAT(layout_problems(names, partial, topics()),
              ElementsAre("segment-exports is not in the layout; run topics create"));
}

TEST(LayoutProblems, LeaveTopicsOfOthersAlone) {
  auto more = topics();
  more.push_back({.name = "orders", .partitions = 1, .config = {}});
  EXPECT_THAT(layout_problems(names, layout(), more), IsEmpty());
}

}  // namespace
}  // namespace app
