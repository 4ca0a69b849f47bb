#include "cli/job_options.hpp"

#include <gmock/gmock.h>

#include "unit/cli/sample_receipt.hpp"

namespace cli {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

constexpr const char* first_list = "11111111-1111-4111-8111-11111111111a";
constexpr const char* second_list = "22222222-2222-4222-8222-22222222222B";

JobOptions enough() {
  JobOptions options;
  options.connection = "demo";
  options.lists = {first_list, second_list};
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
  EXPECT_THAT(job->list_ids, ElementsAre(run::ListId{first_list}, run::ListId{second_list}));
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

TEST(JobOptions, RefuseWhatIsNoListId) {
  for (const auto* text :
       {"", "customers", "11111111-1111-4111-8111-11111111111", "11111111-1111-4111-8111-11111111111g",
        "{11111111-1111-4111-8111-11111111111a}", "111111111111-4111-8111-11111111111a0000"}) {
    JobOptions options = enough();
    options.lists.emplace_back(text);
    EXPECT_THAT(job_of(options).error(), ElementsAre(HasSubstr("is no list id"))) << text;
  }
}

TEST(JobOptions, RefuseWhatIntakeWouldNotRead) {
  JobOptions options = enough();
  options.lists.resize(51, first_list);
  EXPECT_THAT(job_of(options).error(), ElementsAre(HasSubstr("more than 50 list_ids")));
}

}  // namespace
}  // namespace cli
