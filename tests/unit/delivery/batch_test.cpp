#include "delivery/batch.hpp"

#include <gtest/gtest.h>

namespace delivery {
namespace {

const run::BatchId id{"0123456789abcdef0123456789abcdef"};

Activity named(const std::string& name) {
  Activity activity;
  activity.id = {"of " + name};
  activity.source_file_name = name;
  return activity;
}

TEST(Batch, IsFoundByAnyOfItsAttempts) {
  run::BatchState batch;
  batch.batch_id = id;
  batch.attempt = 3;
  EXPECT_FALSE(find_ours({named("other.csv"), named(file_name(id, 4))}, batch));
  const auto found = find_ours({named(file_name(id, 1)), named(file_name(id, 2))}, batch);
  ASSERT_TRUE(found);
  EXPECT_EQ(found->source_file_name, file_name(id, 2));
}

TEST(Batch, ProvesNothingWhereNoNameIsOurs) {
  EXPECT_FALSE(shows_our_names({}));
  EXPECT_FALSE(shows_our_names({named("customers.csv"), named(id.value + ".csv"), named(id.value + "-x.csv")}));
  EXPECT_TRUE(shows_our_names({named("customers.csv"), named(file_name(id, 12))}));
}

}  // namespace
}  // namespace delivery
