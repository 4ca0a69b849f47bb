#include "cli/job_options.hpp"

#include <gmock/gmock.h>

#include "unit/cli/sample_receipt.hpp"

namespace cli {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

JobOptions enough() {
  JobOptions options;
  options.connection = "demo";
  options.lists = {"list-1", "list-2"};
  return options;
}

InputPlan input() {
  InputPlan plan;
  plan.mapping.email_attribute = "EMail";
  plan.cap = 5;
  return plan;
}

auto job_of(const JobOptions& options) { return plan_job(options, input(), {"run-fresh"}, quarter_past_two()); }

TEST(JobOptions, DescribeAJobThatAPersonAskedFor) {
  const auto job = job_of(enough());
  ASSERT_TRUE(job);
  EXPECT_EQ(job->run_id.value, "run-fresh");
  EXPECT_THAT(job->export_id.value, testing::StartsWith("cli-"));
  EXPECT_EQ(job->trigger, run::Trigger::on_demand);
  EXPECT_EQ(job->over_cap, run::OverCap::skip);
  EXPECT_EQ(job->cap, 5U);
  EXPECT_EQ(job->mapping.email_attribute, "EMail");
  EXPECT_THAT(job->list_ids, ElementsAre(run::ListId{"list-1"}, run::ListId{"list-2"}));
  EXPECT_EQ(job->created_at, quarter_past_two());
}

TEST(JobOptions, TakeNamesThatAreGiven) {
  JobOptions options = enough();
  options.run_id = "mine";
  options.export_id = "weekly";
  options.over_cap = "hold";
  options.trigger = "custom-schedule";
  const auto job = job_of(options);
  ASSERT_TRUE(job);
  EXPECT_EQ(job->run_id.value, "mine");
  EXPECT_EQ(job->export_id.value, "weekly");
  EXPECT_EQ(job->over_cap, run::OverCap::hold);
  EXPECT_EQ(job->trigger, run::Trigger::custom_schedule);
}

TEST(JobOptions, NameAllThatIsMissing) {
  EXPECT_THAT(job_of({}).error(), ElementsAre(HasSubstr("--connection"), HasSubstr("--list")));
}

TEST(JobOptions, RefuseWhatIntakeWouldNotRead) {
  JobOptions options = enough();
  options.lists.resize(51, "list");
  EXPECT_THAT(job_of(options).error(), ElementsAre(HasSubstr("more than 50 list_ids")));
}

}  // namespace
}  // namespace cli
