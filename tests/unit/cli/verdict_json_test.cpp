#include "cli/verdict_json.hpp"

#include <boost/json/serialize.hpp>
#include <gtest/gtest.h>

namespace cli {
namespace {

std::string line(const intake::Decision& decision, Addresses addresses) {
  return boost::json::serialize(verdict_json(3, std::nullopt, decision, addresses));
}

TEST(VerdictJson, NamesTheRuleOfAnInvalidAddress) {
  const intake::Decision decision{
      .verdict = intake::Verdict::invalid, .reason = run::Reason::invalid_email, .rule = "missing_at"};
  EXPECT_EQ(line(decision, Addresses::shown),
            R"({"row":3,"verdict":"invalid","reason":"INVALID_EMAIL","rule":"missing_at"})");
}

TEST(VerdictJson, ShowsAnAddressOnlyWhereAskedTo) {
  const contact::Row row{*contact::EmailAddress::parse("ADA@example.com"), {}};
  const intake::Decision decision{.verdict = intake::Verdict::accepted, .row = &row};
  EXPECT_EQ(line(decision, Addresses::hidden), R"({"row":3,"verdict":"accepted"})");
  EXPECT_EQ(line(decision, Addresses::shown), R"({"row":3,"verdict":"accepted","email":"ada@example.com"})");
}

TEST(VerdictJson, NamesTheSegmentWhereThereAreSeveral) {
  const intake::Decision decision{.verdict = intake::Verdict::duplicate, .reason = run::Reason::duplicate};
  EXPECT_EQ(boost::json::serialize(verdict_json(1, "Loyal", decision, Addresses::hidden)),
            R"({"row":1,"segment":"Loyal","verdict":"duplicate","reason":"DUPLICATE"})");
}

}  // namespace
}  // namespace cli
