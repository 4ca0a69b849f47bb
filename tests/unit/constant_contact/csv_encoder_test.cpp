#include "constant_contact/csv_encoder.hpp"

#include <gtest/gtest.h>

namespace constant_contact {
namespace {

std::string row(std::vector<std::string> values) {
  std::string body;
  CsvEncoder{}.row({}, "ann@example.com", values, body);
  return body;
}

TEST(CsvEncoder, NamesTheAddressFirst) {
  std::string body;
  CsvEncoder{}.begin({{"first_name", "cf:Tier, old"}, {}}, body);
  EXPECT_EQ(body, "email,first_name,\"cf:Tier, old\"\n");
}

TEST(CsvEncoder, QuotesOnlyWhatMustBe) {
  EXPECT_EQ(row({"Ann", "O'Neil"}), "ann@example.com,Ann,O'Neil\n");
  EXPECT_EQ(row({"a,b"}), "ann@example.com,\"a,b\"\n");
  EXPECT_EQ(row({"say \"hi\""}), "ann@example.com,\"say \"\"hi\"\"\"\n");
  EXPECT_EQ(row({"two\nlines"}), "ann@example.com,\"two\nlines\"\n");
}

TEST(CsvEncoder, KeepsAColumnForAValueThatIsMissing) { EXPECT_EQ(row({"", "x", ""}), "ann@example.com,,x,\n"); }

TEST(CsvEncoder, KeepsValuesThatLookLikeFormulasAsTheyAre) { EXPECT_EQ(row({"=1+1"}), "ann@example.com,=1+1\n"); }

}  // namespace
}  // namespace constant_contact
