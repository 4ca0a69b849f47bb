#include "constant_contact/json_encoder.hpp"

#include <boost/json/parse.hpp>
#include <gtest/gtest.h>

namespace constant_contact {
namespace {

const delivery::Sheet sheet{{"first_name", "birthday_day", "cf:Tier \"old\""}, {{"l1"}, {"l2"}}};

std::string body(const std::vector<std::vector<std::string>>& rows) {
  const JsonEncoder encoder;
  std::string body;
  encoder.begin(sheet, body);
  for (const auto& values : rows) encoder.row(sheet, "ann@example.com", values, body);
  encoder.end(body);
  return body;
}

TEST(JsonEncoder, NamesTheListsBeforeThePeople) { EXPECT_EQ(body({}), R"({"list_ids":["l1","l2"],"import_data":[]})"); }

TEST(JsonEncoder, WritesEachRowUnderTheVendorsNames) {
  EXPECT_EQ(body({{"Ann", "7", "gold"}, {"Bob", "31", "x"}}),
            R"({"list_ids":["l1","l2"],"import_data":[)"
            R"({"email":"ann@example.com","first_name":"Ann","birthday_day":7,"cf:Tier \"old\"":"gold"},)"
            R"({"email":"ann@example.com","first_name":"Bob","birthday_day":31,"cf:Tier \"old\"":"x"}]})");
}

TEST(JsonEncoder, LeavesOutAValueThatIsMissing) {
  EXPECT_NE(body({{"", "", "x"}}).find(R"({"email":"ann@example.com","cf:Tier \"old\"":"x"})"), std::string::npos);
  EXPECT_NE(body({{"", "", ""}}).find(R"([{"email":"ann@example.com"}])"), std::string::npos);
}

TEST(JsonEncoder, WritesADayThatIsNoNumberAsItCame) {
  EXPECT_NE(body({{"", "seventh", ""}}).find(R"("birthday_day":"seventh")"), std::string::npos);
  EXPECT_NE(body({{"", "07", ""}}).find(R"("birthday_day":7)"), std::string::npos);
}

TEST(JsonEncoder, EscapesWhatCouldEndAString) {
  const std::string value = "say \"hi\" \\ }] \x01 \xF0\x9F\x98\x80 \xE2\x80\xA8";
  const auto parsed = boost::json::parse(body({{value, "", ""}}));
  EXPECT_EQ(parsed.at("import_data").at(0).at("first_name").as_string(), value);
}

TEST(JsonEncoder, SeparatesRowsOfWhichOneEndsInABracket) {
  const auto parsed = boost::json::parse(body({{"}", "", "}"}, {"]", "", "["}, {"", "", ""}}));
  EXPECT_EQ(parsed.at("import_data").as_array().size(), 3U);
}

}  // namespace
}  // namespace constant_contact
