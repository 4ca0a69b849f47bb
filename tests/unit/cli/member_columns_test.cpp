#include "cli/member_columns.hpp"

#include <gmock/gmock.h>

#include "wire/input.hpp"

namespace cli {
namespace {

using testing::ElementsAre;

const contact::FieldMapping mapping{
    .email_attribute = "EMail",
    .fields = {{"Name", contact::StandardField::first_name}, {"Name", contact::StandardField::company_name}}};
const std::vector<contact::Attribute> cells{
    {"Id", "p1"}, {"EMail", "a@example.com"}, {"Secret", "nobody needs it"}, {"Name", "Ada"}};

Row row() { return {.number = 17, .line = 18, .cells = cells}; }

TEST(MemberColumns, PublishNothingThatIsNotMapped) {
  MemberColumns columns{mapping, "Id"};
  const auto member = columns.pick(row());
  EXPECT_EQ(member.profile_id, "p1");
  EXPECT_THAT(member.attributes, ElementsAre(contact::Attribute{"EMail", "a@example.com"},  //
                                             contact::Attribute{"Name", "Ada"}));
}

TEST(MemberColumns, NameTheRowWhereNoColumnHasTheId) {
  MemberColumns columns{mapping, ""};
  EXPECT_EQ(columns.pick(row()).profile_id, "row-17");
}

TEST(MemberColumns, ObjectToAnIdThatIntakeWouldRefuse) {
  const std::string long_id(257, 'i');
  const std::vector<contact::Attribute> others{{"Id", long_id}, {"EMail", "a@example.com"}};
  MemberColumns columns{mapping, "Id"};
  EXPECT_EQ(columns.objection({.number = 1, .line = 2, .cells = others}), "the profile id is longer than 256 bytes");
  EXPECT_EQ(columns.objection(row()), std::nullopt);
}

TEST(MemberColumns, EstimateARecordFromAbove) {
  MemberColumns columns{mapping, "Id"};
  const auto member = columns.pick(row());
  wire::MembersWriter writer{"run", "segment"};
  const std::size_t empty = writer.bytes();
  writer.add(member.profile_id, member.attributes);
  EXPECT_GE(MemberColumns::encoded_bytes(member), writer.bytes() - empty);
}

}  // namespace
}  // namespace cli
