#include "contact/mapping.hpp"

#include <string>
#include <vector>

#include <gmock/gmock.h>

namespace contact {
namespace {

using testing::ElementsAre;
using Kind = MemberFault::Kind;
using Attributes = std::vector<Attribute>;

const FieldMapping mapping{
    .email_attribute = "email",
    .fields = {
        {"first", StandardField::first_name}, {"tel", StandardField::phone}, {"tier", CustomField{"loyalty_tier"}}}};

Mapper mapper(const FieldMapping& of = mapping, FieldBounds bounds = FieldBounds{}) { return {of, bounds, {}}; }

std::vector<std::string> values_of(const Mapper& by, const Attributes& attributes) {
  const auto verdict = by.decide(attributes);
  return verdict ? verdict->values : std::vector<std::string>{"refused"};
}

std::string value_of(std::string_view first_name) {
  return values_of(mapper(), {{"email", "ann@example.com"}, {"first", first_name}}).front();
}

MemberFault fault_of(const Attributes& attributes) { return mapper().decide(attributes).error(); }

std::string repeat(std::string_view text, std::size_t times) {
  std::string repeated;
  for (std::size_t i = 0; i < times; ++i) repeated += text;
  return repeated;
}

TEST(Mapper, AlignsValuesWithTheMappedFields) {
  const auto verdict = mapper().decide(
      Attributes{{"tier", "gold"}, {"email", "Ann@Example.com"}, {"tel", "555 0100"}, {"first", "Ann"}});
  ASSERT_TRUE(verdict);
  EXPECT_EQ(verdict->email.text(), "ann@example.com");
  EXPECT_THAT(verdict->values, ElementsAre("Ann", "555 0100", "gold"));
}

TEST(Mapper, LeavesAFieldWithoutAnAttributeEmpty) {
  EXPECT_THAT(values_of(mapper(), {{"email", "ann@example.com"}, {"tel", " "}}), ElementsAre("", "", ""));
}

TEST(Mapper, NeedsNoFields) {
  EXPECT_THAT(values_of(mapper({.email_attribute = "email", .fields = {}}), {{"email", "a@b.example"}}), ElementsAre());
}

TEST(Mapper, FeedsSeveralFieldsFromOneAttribute) {
  const FieldMapping both{
      .email_attribute = "email",
      .fields = {{"email", CustomField{"login"}}, {"x", CustomField{"a"}}, {"x", CustomField{"b"}}}};
  EXPECT_THAT(values_of(mapper(both), {{"x", "1"}, {"email", "Ann@example.com"}}),
              ElementsAre("Ann@example.com", "1", "1"));
}

TEST(Mapper, LooksAtMappedAttributesOnly) {
  const auto verdict = mapper().decide(Attributes{{"email", "ann@example.com"},
                                                  {"notes", "\xFF"},
                                                  {"essay", repeat("x", 100'000)},
                                                  {"\xFF", "1"},
                                                  {"emai1", "bob@example.com"},
                                                  {"Email", "eve@example.com"}});
  ASSERT_TRUE(verdict);
  EXPECT_EQ(verdict->email.text(), "ann@example.com");
}

TEST(Mapper, FindsNamesOfAnyLength) {
  const std::string name_63(63, 'n');
  const std::string name_300(300, 'n');
  const FieldMapping long_names{.email_attribute = name_63, .fields = {{name_300, CustomField{"a"}}}};
  const auto verdict =
      mapper(long_names)
          .decide(Attributes{{name_63, "ann@example.com"}, {name_300, "1"}, {std::string(301, 'n'), "2"}});
  ASSERT_TRUE(verdict);
  EXPECT_THAT(verdict->values, ElementsAre("1"));
}

TEST(Mapper, TakesTheLastOfANameThatRepeats) {
  const auto verdict = mapper().decide(
      Attributes{{"email", "no address"}, {"first", "\xFF"}, {"first", "Ann"}, {"email", "ann@example.com"}});
  ASSERT_TRUE(verdict);
  EXPECT_EQ(verdict->email.text(), "ann@example.com");
  EXPECT_EQ(verdict->values.front(), "Ann");
}

TEST(Mapper, TrimsValues) {
  EXPECT_EQ(value_of("  Ann \t"), "Ann");
  EXPECT_EQ(value_of("\u00A0Zo\u00EB\u3000"), "Zo\u00EB");
}

TEST(Mapper, PutsAValueOnOneLine) {
  EXPECT_EQ(value_of("Ann\r\nMarie"), "Ann Marie");
  EXPECT_EQ(value_of({"Ann\0Zo\u00EB\n", 9}), "Ann Zo\u00EB");
}

TEST(Mapper, KeepsWhatAValueSays) { EXPECT_EQ(value_of("=\"O'Brien\", <b>"), "=\"O'Brien\", <b>"); }

TEST(Mapper, MissesAnAddressThatIsAbsentOrBlank) {
  EXPECT_EQ(fault_of({}), MemberFault{.kind = Kind::missing_email});
  EXPECT_EQ(fault_of({{"first", "Ann"}}), MemberFault{.kind = Kind::missing_email});
  EXPECT_EQ(fault_of({{"email", ""}}), MemberFault{.kind = Kind::missing_email});
  EXPECT_EQ(fault_of({{"email", " \u00A0"}}), MemberFault{.kind = Kind::missing_email});
}

TEST(Mapper, NamesTheRuleThatTheAddressBreaks) {
  EXPECT_EQ(fault_of({{"email", "ann@localhost"}}),
            (MemberFault{.kind = Kind::invalid_email, .email_rule = EmailFault::domain_without_dot}));
}

TEST(Mapper, HandsTheLimitToTheAddress) {
  const Mapper strict{mapping, FieldBounds{}, {.max_length = 10}};
  EXPECT_EQ(strict.decide(Attributes{{"email", "ann@example.com"}}).error().email_rule, EmailFault::too_long);
}

TEST(Mapper, NamesTheFieldThatIsNotUtf8) {
  EXPECT_EQ(fault_of({{"email", "ann@example.com"}, {"tel", "1\xFF"}}),
            (MemberFault{.kind = Kind::invalid_utf8, .field = 1}));
  EXPECT_EQ(fault_of({{"email", "\xFF@example.com"}}), MemberFault{.kind = Kind::invalid_utf8});
}

TEST(Mapper, BoundsAValueInCodePoints) {
  EXPECT_EQ(value_of(repeat("x", 50)), repeat("x", 50));
  EXPECT_EQ(value_of(repeat("\u20AC", 50)), repeat("\u20AC", 50));
  const MemberFault too_long{.kind = Kind::field_too_long, .field = 0};
  EXPECT_EQ(fault_of({{"email", "ann@example.com"}, {"first", repeat("x", 51)}}), too_long);
  EXPECT_EQ(fault_of({{"email", "ann@example.com"}, {"first", repeat("\u20AC", 51)}}), too_long);
}

TEST(Mapper, BoundsAValueAfterItWasCleaned) {
  EXPECT_EQ(value_of("  " + repeat("x", 50) + "  "), repeat("x", 50));
  EXPECT_EQ(value_of(repeat("x", 25) + "\r\n" + repeat("x", 24) + "\n"), repeat("x", 25) + " " + repeat("x", 24));
}

TEST(Mapper, BoundsEachFieldByItsTarget) {
  const Attributes phone_of_26{{"email", "ann@example.com"}, {"tel", "01234567890123456789012345"}};
  EXPECT_EQ(fault_of(phone_of_26), (MemberFault{.kind = Kind::field_too_long, .field = 1}));
  EXPECT_TRUE(mapper(mapping, FieldBounds{BoundsReading::large}).decide(phone_of_26));

  EXPECT_TRUE(mapper().decide(Attributes{{"email", "ann@example.com"}, {"tier", repeat("x", 255)}}));
  EXPECT_EQ(fault_of({{"email", "ann@example.com"}, {"tier", repeat("x", 256)}}),
            (MemberFault{.kind = Kind::field_too_long, .field = 2}));
}

TEST(Mapper, ReportsTheFirstFaultOfSeveral) {
  const std::string long_text = repeat("x", 300);
  EXPECT_EQ(fault_of({{"tier", "\xFF"}, {"first", long_text}, {"email", "ann"}}).kind, Kind::invalid_email);
  EXPECT_EQ(fault_of({{"tier", "\xFF"}, {"first", long_text}, {"email", "ann@example.com"}}),
            (MemberFault{.kind = Kind::field_too_long, .field = 0}));
}

TEST(Mapper, LeavesNothingOfOneMemberInTheNext) {
  const Mapper reused = mapper();
  std::optional<Row> row;
  ASSERT_EQ(reused.decide(Attributes{{"email", "ann@example.com"}, {"first", "Ann"}, {"tier", "gold"}}, row),
            std::nullopt);
  EXPECT_TRUE(reused.decide(Attributes{{"email", "bob@example.com"}, {"first", "Bob"}, {"tel", "\xFF"}}, row));
  ASSERT_EQ(reused.decide(Attributes{{"email", "eve@example.com"}, {"tel", "1"}}, row), std::nullopt);
  EXPECT_EQ(row->email.text(), "eve@example.com");
  EXPECT_THAT(row->values, ElementsAre("", "1", ""));
}

TEST(Mapper, TakesTheMemoryOfTheRowBeforeAgain) {
  const Mapper reused = mapper();
  const std::string long_name = repeat("x", 50);
  const Attributes attributes{{"email", "ann@example.com"}, {"first", long_name}};
  std::optional<Row> row;
  ASSERT_EQ(reused.decide(attributes, row), std::nullopt);
  const char* const memory = row->values.front().data();
  ASSERT_EQ(reused.decide(attributes, row), std::nullopt);
  EXPECT_EQ(row->values.front().data(), memory);
}

}  // namespace
}  // namespace contact
