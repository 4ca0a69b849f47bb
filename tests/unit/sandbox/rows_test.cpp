#include <gmock/gmock.h>

#include "sandbox/core/row_rules.hpp"
#include "unit/sandbox/core_case.hpp"

namespace sandbox {
namespace {

using namespace std::chrono_literals;
using Rows = CoreCase;
using testing::ElementsAre;

TEST_F(Rows, WithoutAnAddressAreCorrectable) {
  const auto activity = import_csv("email,first_name\n,A\n\" \",B\nc@example.com,C\n");
  EXPECT_EQ(count(activity, "correctable_count"), 2);
  EXPECT_EQ(activity.at("activity_errors").as_array().at(0).as_string(), "Line 2: No email and no sms_number");
  EXPECT_THAT(emails(), ElementsAre("c@example.com"));
}

TEST_F(Rows, WithABadAddressAreCorrectable) {
  const auto activity = import_csv("email\na@b\na@@example.com\n.a@example.com\na b@example.com\n");
  EXPECT_EQ(count(activity, "correctable_count"), 4);
  EXPECT_EQ(count(activity, "person_count"), 4);
}

TEST_F(Rows, WithABadDateAreCorrectableUnlessTheKnobSaysOtherwise) {
  const std::string csv =
      "email,anniversary,birthday_month,birthday_day\na@example.com,2020-13-01,,\nb@example.com,,2,30\n";
  EXPECT_EQ(count(import_csv(csv), "correctable_count"), 2);
  core.knobs().bad_date_keeps_row = true;
  EXPECT_EQ(count(import_csv(csv), "correctable_count"), 0);
  EXPECT_EQ(emails().size(), 2U);
  EXPECT_TRUE(core.members(list_id, now).front().fields.empty());
}

TEST_F(Rows, WithMoreThanTwentyFiveCustomFieldsAreErrors) {
  std::string header = "email";
  std::string row = "a@example.com";
  for (int index = 0; index < 26; ++index) {
    header += ",cf:f" + std::to_string(index);
    row += ",x";
  }
  EXPECT_EQ(count(import_csv(header + "\n" + row + "\n"), "error_count"), 1);
  core.knobs().extra_custom_fields_ignored = true;
  EXPECT_EQ(count(import_csv(header + "\n" + row + "\n"), "error_count"), 0);
}

TEST_F(Rows, LoseCustomFieldsThatTheAccountDoesNotHave) {
  import_csv("email,cf:nothing,cf:tier\na@example.com,x,gold\n");
  EXPECT_EQ(core.members(list_id, now).front().fields, (std::map<std::string, std::string>{{"cf:tier", "gold"}}));
  core.knobs().unknown_custom_field_refused = true;
  EXPECT_EQ(post_csv("email,cf:nothing\na@example.com,x\n").status, 400U);
}

TEST_F(Rows, OfOneAddressCountOnceAndTheLastWins) {
  const std::string csv = "email,first_name\na@example.com,First\nA@EXAMPLE.COM ,Last\n";
  EXPECT_EQ(count(import_csv(csv), "person_count"), 1);
  EXPECT_EQ(core.members(list_id, now).front().first_name, "Last");
  core.knobs().duplicates = Duplicates::first_wins;
  import_csv(csv);
  EXPECT_EQ(core.members(list_id, now).front().first_name, "First");
  core.knobs().duplicates = Duplicates::each_counted;
  EXPECT_EQ(count(import_csv(csv), "person_count"), 2);
}

TEST_F(Rows, OfKnownPeopleChangeOnlyWhatTheyHold) {
  seed(R"({"contacts": [{"email": "a@example.com", "first_name": "Old", "last_name": "Kept"}]})");
  import_csv("email,first_name,last_name\na@example.com,New,\n");
  EXPECT_EQ(core.members(list_id, now).front().first_name, "New");
  EXPECT_EQ(core.members(list_id, now).front().last_name, "Kept");
  core.knobs().blank_clears = true;
  import_csv("email,first_name,last_name\na@example.com,New,\n");
  EXPECT_EQ(core.members(list_id, now).front().last_name, "");
}

TEST_F(Rows, OfUnsubscribedPeopleDoNotJoinTheList) {
  seed(R"({"contacts": [{"email": "a@example.com", "state": "unsubscribed"},
                        {"email": "b@example.com", "state": "deleted_unsubscribed"}]})");
  const auto activity = import_csv("email\na@example.com\nb@example.com\nc@example.com\n");
  EXPECT_EQ(count(activity, "cannot_add_to_list_count"), 2);
  EXPECT_EQ(count(activity, "person_count"), 3);
  EXPECT_THAT(emails(), ElementsAre("c@example.com"));
}

TEST_F(Rows, OfDeletedPeopleReviveThem) {
  seed(R"({"contacts": [{"email": "a@example.com", "state": "deleted"}]})");
  import_csv("email\na@example.com\n");
  EXPECT_THAT(emails(), ElementsAre("a@example.com"));
}

TEST_F(Rows, OfPeopleOnFiftyListsAreErrors) {
  std::string lists;
  std::string ids;
  for (int index = 10; index < 60; ++index) {
    const std::string id = std::to_string(index) + "000000-1111-4111-8111-111111111111";
    lists += std::string{lists.empty() ? "" : ","} + R"({"list_id":")" + id + R"(","name":"L)" + std::to_string(index) +
             "\"}";
    ids += std::string{ids.empty() ? "" : ","} + "\"" + id + "\"";
  }
  seed(R"({"lists":[)" + lists + R"(],"contacts":[{"email":"a@example.com","lists":[)" + ids + "]}]}");
  EXPECT_EQ(count(import_csv("email\na@example.com\n"), "error_count"), 1);
  EXPECT_TRUE(emails().empty());
}

TEST_F(Rows, OfOneAddressMoreThanFiveTimesADayAreInvalidForTwoDays) {
  for (int index = 0; index < 5; ++index)
    EXPECT_EQ(count(import_csv("email\na@example.com\n"), "correctable_count"), 0);
  EXPECT_EQ(count(import_csv("email\na@example.com\n"), "correctable_count"), 1);
  pass(47h);
  EXPECT_EQ(count(import_csv("email\na@example.com\n"), "correctable_count"), 1);
  pass(1h);
  EXPECT_EQ(count(import_csv("email\na@example.com\n"), "correctable_count"), 0);
}

TEST_F(Rows, AreNotHeldForAbuseWhenTheKnobIsOff) {
  core.knobs().signup_abuse = false;
  for (int index = 0; index < 8; ++index)
    EXPECT_EQ(count(import_csv("email\na@example.com\n"), "correctable_count"), 0);
}

TEST_F(Rows, AreCountedAsThePersonCountKnobSays) {
  const std::string csv = "email\na@example.com\na@example.com\nbad\n";
  core.knobs().person_count = PersonCount::rows;
  EXPECT_EQ(count(import_csv(csv), "person_count"), 3);
  core.knobs().person_count = PersonCount::distinct;
  EXPECT_EQ(count(import_csv(csv), "person_count"), 2);
  core.knobs().person_count = PersonCount::landed;
  EXPECT_EQ(count(import_csv(csv), "person_count"), 1);
}

TEST_F(Rows, GiveAtMostAHundredErrorLinesInTheFormOfTheKnob) {
  std::string csv = "email\n";
  for (int index = 0; index < 150; ++index) csv += "bad" + std::to_string(index) + "\n";
  core.knobs().error_lines = ErrorLines::objects;
  const auto errors = import_csv(csv).at("activity_errors").as_array();
  EXPECT_EQ(errors.size(), 100U);
  EXPECT_EQ(text(errors.front(), "message"), "Line 2: Invalid email");
}

TEST(RowRules, AcceptTheDocumentedDates) {
  for (const std::string date :
       {"11/24/2020", "1/4/2020", "2020/11/24", "2020/1/4", "2020-11-24", "2020-1-4", "1-4-2020"}) {
    EXPECT_EQ(wrong_date({.line = 2, .values = {{"anniversary", date}}}), "") << date;
  }
  for (const std::string date : {"24.11.2020", "2020-11", "20-11-24", "13/13/2020", "2020-11-24T00:00"}) {
    EXPECT_EQ(wrong_date({.line = 2, .values = {{"anniversary", date}}}), "anniversary") << date;
  }
}

TEST(RowRules, CountCharactersAndNotBytes) {
  EXPECT_EQ(length_of("Zoë"), 3U);
  EXPECT_EQ(shortened("Zoë", 2), "Zo");
  EXPECT_EQ(shortened("Zoë", 3), "Zoë");
}

TEST(RowRules, KnowTheSmallerBoundsOfTheImportTable) {
  Knobs knobs;
  EXPECT_EQ(max_length("home_street", true, knobs), 255U);
  knobs.field_limits_kb = true;
  EXPECT_EQ(max_length("home_street", true, knobs), 50U);
  EXPECT_EQ(max_length("notes", true, knobs), std::nullopt);
}

}  // namespace
}  // namespace sandbox
