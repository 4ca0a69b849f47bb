#include "cli/input_options.hpp"

#include <gmock/gmock.h>

#include "unit/config/temporary_file.hpp"

namespace cli {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::SizeIs;

InputOptions options_with_email() {
  InputOptions options;
  options.map = {"email=EMail"};
  return options;
}

OptionMistakes mistakes_of(const InputOptions& options) {
  const auto plan = plan_input(options);
  return plan ? OptionMistakes{} : plan.error();
}

TEST(InputOptions, MakeTheInputASegmentBesideTheOthers) {
  InputOptions options = options_with_email();
  options.input = "people.csv";
  options.segments = {"Loyal=loyal=1.csv"};
  const auto plan = plan_input(options);
  ASSERT_TRUE(plan);
  ASSERT_THAT(plan->files, SizeIs(2));
  EXPECT_EQ(plan->files[0].segment, "members");
  EXPECT_EQ(plan->files[1].segment, "Loyal");
  EXPECT_EQ(plan->files[1].path, "loyal=1.csv");
}

TEST(InputOptions, NameEveryMistakeAtOnce) {
  InputOptions options;
  options.map = {"emial=EMail"};
  options.delimiter = "two";
  EXPECT_THAT(mistakes_of(options), ElementsAre(HasSubstr("no people"), HasSubstr("did you mean email"),
                                                HasSubstr("add --map email"), HasSubstr("--delimiter")));
}

TEST(InputOptions, RefuseTwoSegmentsOfOneName) {
  InputOptions options = options_with_email();
  options.segments = {"A=a.csv", "A=b.csv"};
  EXPECT_THAT(mistakes_of(options), ElementsAre(HasSubstr("there is a segment A already")));
}

TEST(InputOptions, RefuseASegmentWithoutItsFile) {
  InputOptions options = options_with_email();
  options.segments = {"A=", "=a.csv", "a.csv"};
  EXPECT_THAT(mistakes_of(options), SizeIs(3));
}

TEST(InputOptions, TakeStandardInputOnce) {
  InputOptions options = options_with_email();
  options.segments = {"A=-", "B=-"};
  EXPECT_THAT(mistakes_of(options), ElementsAre(HasSubstr("standard input")));
}

TEST(InputOptions, KnowTheTabAsADelimiter) {
  InputOptions options = options_with_email();
  options.input = "people.tsv";
  options.delimiter = "tab";
  const auto plan = plan_input(options);
  ASSERT_TRUE(plan);
  EXPECT_EQ(plan->table.delimiter, '\t');
}

InputPlan plan_of(const std::vector<std::string>& paths, const std::string& profile_id = "") {
  InputOptions options = options_with_email();
  options.profile_id = profile_id;
  for (std::size_t i = 0; i < paths.size(); ++i) options.segments.push_back("S" + std::to_string(i) + "=" + paths[i]);
  const auto plan = plan_input(options);
  return plan ? *plan : InputPlan{};
}

TEST(CheckedInputs, ExpectTheRowsThatTheyHave) {
  const TemporaryFile file{"EMail\na@example.com\nb@example.com\n"};
  auto inputs = open_input(plan_of({file.path()}));
  ASSERT_TRUE(inputs);
  ASSERT_THAT(*inputs, SizeIs(1));
  EXPECT_EQ(inputs->front().segment.expected_members, 2U);
  const auto row = inputs->front().table.next();
  ASSERT_TRUE(row);
  EXPECT_EQ((*row)->number, 1U);
}

TEST(CheckedInputs, NameTheFaultsOfEachFile) {
  const TemporaryFile broken{"EMail,Name\na@example.com\n"};
  const TemporaryFile other{"Mail\na@example.com\n"};
  const auto inputs = open_input(plan_of({broken.path(), other.path(), "/nonexistent.csv"}, "Id"));
  ASSERT_FALSE(inputs);
  EXPECT_THAT(inputs.error(), ElementsAre(HasSubstr("line 2"), HasSubstr("no column 'EMail'"),
                                          HasSubstr("no column 'Id' for --profile-id"), HasSubstr("cannot be opened")));
}

TEST(CheckedInputs, RefuseAPersonThatFitsNoRecord) {
  const TemporaryFile file{"EMail,Note\n" + std::string(900'000, 'x') + ",y\n"};
  const auto inputs = open_input(plan_of({file.path()}));
  ASSERT_FALSE(inputs);
  EXPECT_THAT(inputs.error(), ElementsAre(HasSubstr("line 2: the mapped values are longer than 900,000 bytes")));
}

TEST(CheckedInputs, TakeALargeValueThatIsNotMapped) {
  const TemporaryFile file{"EMail,Note\ny," + std::string(900'000, 'x') + "\n"};
  EXPECT_TRUE(open_input(plan_of({file.path()})));
}

}  // namespace
}  // namespace cli
