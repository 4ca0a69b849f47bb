#include "cli/map_option.hpp"

#include <gmock/gmock.h>

namespace cli {
namespace {

using contact::CustomField;
using contact::FieldMapping;
using contact::StandardField;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::SizeIs;

using Options = std::vector<std::string>;

MapMistakes mistakes_of(const Options& options) { return parse_mapping(options).error(); }

TEST(MapOption, MapsTheAddressAndStandardFields) {
  const auto mapping = parse_mapping(Options{"first_name=First Name", "email=EMail"});
  ASSERT_TRUE(mapping);
  EXPECT_EQ(*mapping,
            (FieldMapping{.email_attribute = "EMail", .fields = {{"First Name", StandardField::first_name}}}));
}

TEST(MapOption, MapsCustomFields) {
  const auto mapping = parse_mapping(Options{"email=e", "cf:Loyalty Tier=Tier"});
  ASSERT_TRUE(mapping);
  EXPECT_THAT(mapping->fields, ElementsAre(contact::MappedField{"Tier", CustomField{"Loyalty Tier"}}));
}

TEST(MapOption, MayFeedTwoTargetsFromOneAttribute) {
  EXPECT_TRUE(parse_mapping(Options{"email=e", "city=Town", "cf:Town=Town"}));
}

TEST(MapOption, EndsTheTargetAtTheFirstEqualsSign) {
  EXPECT_EQ(parse_mapping(Options{"email=a=b"})->email_attribute, "a=b");
}

TEST(MapOption, NeedsTheAddress) {
  EXPECT_THAT(mistakes_of({"city=Town"}), ElementsAre(HasSubstr("add --map email=ATTRIBUTE")));
}

TEST(MapOption, RefusesAnUnknownTargetWithASuggestion) {
  EXPECT_THAT(mistakes_of({"email=e", "firstname=F"}),
              ElementsAre(HasSubstr("no target 'firstname'; did you mean first_name? Targets: email, first_name,")));
}

TEST(MapOption, RefusesACustomFieldWithoutAName) {
  EXPECT_THAT(mistakes_of({"email=e", "cf:=F"}), ElementsAre(HasSubstr("no target 'cf:'")));
}

TEST(MapOption, RefusesOneTargetTwice) {
  EXPECT_THAT(mistakes_of({"email=e", "email=f"}), ElementsAre(HasSubstr("mapped twice")));
}

TEST(MapOption, RefusesWhatHasNoAttribute) { EXPECT_THAT(mistakes_of({"email=e", "city", "zip="}), SizeIs(2)); }

TEST(MapOption, ReportsAllMistakesAtOnce) { EXPECT_THAT(mistakes_of({"x=1", "y=2", "city"}), SizeIs(4)); }

TEST(MapOption, FindsColumnsThatTheFileDoesNotHave) {
  const auto mapping = parse_mapping(Options{"email=email", "city=Town"});
  EXPECT_THAT(check_columns(*mapping, Options{"Email", "Town"}),
              ElementsAre("the file has no column 'email'; did you mean Email?"));
  EXPECT_THAT(check_columns(*mapping, Options{"email", "Town"}), IsEmpty());
}

}  // namespace
}  // namespace cli
