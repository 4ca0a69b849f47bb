#include <gmock/gmock.h>

#include "sandbox/core/import_reading.hpp"
#include "unit/sandbox/core_case.hpp"

namespace sandbox {
namespace {

using JsonImport = CoreCase;
using testing::ElementsAre;

std::string body_of(const std::string& rows) {
  return R"({"list_ids":["11111111-1111-4111-8111-111111111111"],"import_data":[)" + rows + "]}";
}

TEST_F(JsonImport, PutsPeopleWithTheirFieldsOnTheList) {
  import_json(
      body_of(R"({"email":"a@example.com","first_name":"A","cf:tier":"gold","birthday_month":2,"birthday_day":29})"));
  const auto members = core.members(list_id, now);
  ASSERT_EQ(members.size(), 1U);
  EXPECT_EQ(members[0].first_name, "A");
  EXPECT_EQ(members[0].fields.at("cf:tier"), "gold");
  EXPECT_EQ(members[0].fields.at("birthday_day"), "29");
}

TEST_F(JsonImport, DropsTheRowThatTheCutHitsAndAllBehindIt) {
  const std::string first = R"({"email":"a@example.com"})";
  const std::string body = body_of(first + R"(,{"email":"b@example.com"},{"email":"c@example.com"})");
  core.knobs().max_import_bytes = static_cast<std::int64_t>(body.find("b@example") + 3);
  EXPECT_EQ(text(import_json(body), "state"), "completed");
  EXPECT_THAT(emails(), ElementsAre("a@example.com"));
  EXPECT_EQ(core.counters().rows_lost, 2U);
}

TEST_F(JsonImport, RefusesListsThatStandBehindTheCut) {
  const std::string body =
      R"({"import_data":[{"email":"a@example.com"}],"list_ids":["11111111-1111-4111-8111-111111111111"]})";
  core.knobs().max_import_bytes = static_cast<std::int64_t>(body.size() - 10);
  EXPECT_EQ(error_key(post_json(body)), "contacts.api.validation.error");
}

TEST_F(JsonImport, IgnoresRowsAboveTheLimitUnlessTheKnobSaysOtherwise) {
  core.knobs().max_import_lines = 1;
  const std::string body = body_of(R"({"email":"a@example.com"},{"email":"b@example.com"})");
  import_json(body);
  EXPECT_THAT(emails(), ElementsAre("a@example.com"));
  core.knobs().too_many_rows = TooManyRows::bad_request;
  EXPECT_EQ(post_json(body).status, 400U);
  core.knobs().too_many_rows = TooManyRows::failed_activity;
  EXPECT_EQ(text(import_json(body), "state"), "failed");
}

TEST_F(JsonImport, RefusesWhatIsNoImport) {
  for (const std::string body : {"[]", "{", R"({"import_data":[]})", R"({"list_ids":[],"import_data":[]})",
                                 R"({"list_ids":"11111111-1111-4111-8111-111111111111","import_data":[]})",
                                 R"({"list_ids":["11111111-1111-4111-8111-111111111111"],"import_data":[{"email":1}]})",
                                 R"({"list_ids":["22222222-1111-4111-8111-111111111111"],"import_data":[]})"}) {
    EXPECT_EQ(post_json(body).status, 400U) << body;
  }
}

TEST_F(JsonImport, RefusesTheRequestForOneAddressOfMoreThanFiftyCharacters) {
  const std::string body = body_of(R"({"email":")" + std::string(39, 'a') + R"(@example.com"})");
  EXPECT_EQ(post_json(body).status, 400U);
  core.knobs().max_email_json = 80;
  EXPECT_EQ(post_json(body).status, 201U);
}

TEST(MendedJson, EndsBehindTheLastWholeRow) {
  EXPECT_EQ(mended_json(R"({"list_ids":["x"],"import_data":[{"email":"a]}\""},{"em)"),
            R"({"list_ids":["x"],"import_data":[{"email":"a]}\""}]})");
  EXPECT_EQ(mended_json(R"({"list_ids":["x"],"import_data":[{"em)"), R"({"list_ids":["x"],"import_data":[]})");
  EXPECT_EQ(mended_json(R"({"import_data":[{"a":{"b":[1]}}],"list_i)"), R"({"import_data":[{"a":{"b":[1]}}]})");
}

}  // namespace
}  // namespace sandbox
