#include "cli/inspect_target.hpp"

#include <gmock/gmock.h>

#include "cli/inspect_command.hpp"
#include "unit/cli/sample_receipt.hpp"
#include "wire/input.hpp"

namespace cli {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::Not;

const kafka::TopicNames names;

TEST(InspectTarget, IsATopicByItsRoleOrItsName) {
  for (const char* text : {"deliveries", "export-deliveries"}) {
    const auto target = parse_target(text, names);
    ASSERT_TRUE(target);
    EXPECT_EQ(target->topic, "export-deliveries");
    EXPECT_EQ(target->kind, wire::Topic::deliveries);
    EXPECT_EQ(target->partition, std::nullopt);
  }
}

TEST(InspectTarget, NamesAPartitionAndARecord) {
  const auto target = parse_target("exports:3:42", names);
  ASSERT_TRUE(target);
  EXPECT_EQ(target->partition, 3);
  EXPECT_EQ(target->offset, 42);
}

TEST(InspectTarget, SuggestsATopic) {
  EXPECT_THAT(parse_target("reslts", names).error(), ElementsAre(HasSubstr("did you mean results?")));
}

TEST(InspectTarget, RefusesWhatIsNoNumber) {
  for (const char* text :
       {"exports:", "exports:x", "exports:-1", "exports:1:", "exports:1:2:3", "exports:99999999999"}) {
    EXPECT_FALSE(parse_target(text, names)) << text;
  }
}

TEST(InspectFrom, IsAnEndAnOffsetOrATime) {
  EXPECT_TRUE(std::holds_alternative<kafka::FromStart>(*parse_from("start")));
  EXPECT_TRUE(std::holds_alternative<kafka::FromEnd>(*parse_from("end")));
  EXPECT_EQ(std::get<kafka::FromOffset>(*parse_from("42")).offset, 42);
  EXPECT_EQ(std::get<kafka::FromTime>(*parse_from("2026-11-25T02:15:00Z")).time, quarter_past_two());
  EXPECT_FALSE(parse_from("yesterday"));
}

kafka::ReadRecord record(std::optional<std::string> value) {
  return {.partition = 1, .offset = 7, .appended_at = quarter_past_two(), .key = "run-1", .value = std::move(value)};
}

TEST(InspectedRecord, IsALineOfJsonThatHidesPeople) {
  const std::vector<contact::Attribute> attributes{{"EMail", "ada@example.com"}};
  const auto member = record(wire::encode_member("run-1", "loyal", "p1", attributes));
  const InspectTarget target = *parse_target("exports", names);
  const std::string hidden = inspected(target, member, wire::PersonalData::hidden);
  EXPECT_THAT(hidden, testing::StartsWith(R"({"topic":"segment-exports","partition":1,"offset":7,)"
                                          R"("appended_at":"2026-11-25T02:15:00.000Z","key":"5 bytes","value":{)"));
  EXPECT_THAT(hidden, Not(HasSubstr("ada@example.com")));
  const std::string shown = inspected(target, member, wire::PersonalData::shown);
  EXPECT_THAT(shown, testing::AllOf(HasSubstr("ada@example.com"), HasSubstr(R"("key":"run-1")")));
}

TEST(InspectedRecord, IsNullWhereItIsATombstone) {
  EXPECT_THAT(inspected(*parse_target("control", names), record(std::nullopt), wire::PersonalData::hidden),
              testing::EndsWith(R"("key":"run-1","value":null})"));
}

TEST(InspectedRecord, IsNamedWhereItCannotBeRead) {
  EXPECT_THAT(inspected(*parse_target("control", names), record("\xff\xff"), wire::PersonalData::shown),
              testing::AllOf(HasSubstr("\"unreadable\":\""), testing::EndsWith(",\"value\":null}")));
}

}  // namespace
}  // namespace cli
