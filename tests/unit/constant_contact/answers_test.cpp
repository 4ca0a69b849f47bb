#include "constant_contact/answers.hpp"

#include <random>

#include <gtest/gtest.h>

namespace constant_contact {
namespace {

using namespace std::chrono_literals;
using delivery::ActivityState;

TEST(Answers, ReadErrorsInEachOfTheirShapes) {
  EXPECT_EQ(read_error(R"([{"error_key":"contacts.api.validation.error","error_message":"x"}])").key,
            "contacts.api.validation.error");
  EXPECT_EQ(read_error(R"({"error_key":"throttled","error_message":"Too Many Requests"})").key, "throttled");
  EXPECT_EQ(read_error(R"({"error":"invalid_grant","error_description":"y"})").key, "invalid_grant");
  EXPECT_EQ(read_error(R"({"errorCode":"invalid_client","errorSummary":"z"})").message, "z");
  EXPECT_EQ(read_error(R"({"message":"Forbidden"})").message, "Forbidden");
  for (const auto* body : {"", "<html></html>", "[]", "[1]", "null", "{\"error_key\":7}"}) {
    EXPECT_EQ(read_error(body).key, "") << body;
  }
}

TEST(Answers, ReadTimesInEachOfTheirForms) {
  const run::UtcTime time = std::chrono::sys_days{std::chrono::year{2026} / 4 / 28} + 21h + 48min + 16s;
  EXPECT_EQ(read_time("2026-04-28T21:48:16Z"), time);
  EXPECT_EQ(read_time("2026-04-28T21:48:16.108Z"), time + 108ms);
  EXPECT_EQ(read_time("2026-04-28T21:48:16.1Z"), time + 100ms);
  EXPECT_EQ(read_time("2026-04-28T16:48:16-05:00"), time);
  EXPECT_EQ(read_time("2026-04-28T16:48:16.5-05:00"), time + 500ms);
  for (const auto* text : {"", "2026-04-28", "2026-13-28T21:48:16Z", "2026-04-28T21:48:16", "2026-04-28T21:48:16.Z",
                           "2026-04-28T16:48:-6Z", "2026-04-28T16:48:16+-5:00"}) {
    EXPECT_FALSE(read_time(text)) << text;
  }
}

TEST(Answers, KeepACounterThatIsMissingApartFromZero) {
  const auto activity = read_activity(R"({"activity_id":"a","state":"completed","source_file_name":"b-1.csv",
      "status":{"person_count":"12","error_count":null,"correctable_count":-1,"cannot_add_to_list_count":0}})");
  ASSERT_TRUE(activity);
  EXPECT_EQ(activity->state, ActivityState::completed);
  EXPECT_EQ(activity->person_count, 12U);
  EXPECT_FALSE(activity->error_count);
  EXPECT_FALSE(activity->correctable_count);
  EXPECT_EQ(activity->cannot_add_to_list_count, 0U);
}

TEST(Answers, CallAStateThatNobodyKnowsUnknown) {
  EXPECT_EQ(read_activity(R"({"activity_id":"a","state":"pondering"})")->state, ActivityState::unknown);
  EXPECT_EQ(read_activity(R"({"activity_id":"a"})")->state, ActivityState::unknown);
  EXPECT_FALSE(read_activity(R"({"state":"completed"})"));
}

TEST(Answers, FollowOnlyANextPageOfTheSameHost) {
  const auto page = read_activities(
      R"({"activities":[{"activity_id":"a","state":"failed"},7,{}],"_links":{"next":{"href":"/v3/activities?cursor=x"}}})");
  ASSERT_TRUE(page);
  EXPECT_EQ(page->activities.size(), 1U);
  EXPECT_EQ(page->next, "/v3/activities?cursor=x");
  EXPECT_EQ(read_lists(R"({"lists":[],"_links":{"next":{"href":"https://elsewhere.example/"}}})")->next, "");
}

TEST(Answers, TellADeletedList) {
  EXPECT_TRUE(read_list(R"({"list_id":"l","name":"n","deleted_at":"2026-04-28T21:48:16Z"})")->deleted);
  EXPECT_FALSE(read_list(R"({"list_id":"l","name":"n"})")->deleted);
}

TEST(Answers, RefuseATokenAnswerWithoutAToken) {
  EXPECT_FALSE(read_token(R"({"token_type":"Bearer"})"));
  const auto token = read_token(R"({"access_token":"t","expires_in":86400,"refresh_token":"r","scope":"s"})");
  ASSERT_TRUE(token);
  EXPECT_EQ(token->expires_in_seconds, 86400);
}

TEST(Answers, SurviveAnyBytes) {
  std::mt19937 random{7};
  const std::string whole =
      R"({"activities":[{"activity_id":"a","state":"failed","status":{"person_count":3}}],"lists":[{"list_id":"l"}]})";
  for (int round = 0; round < 20'000; ++round) {
    std::string body = whole;
    for (int change = 0; change < 3; ++change) body[random() % body.size()] = static_cast<char>(random());
    body.resize(random() % (body.size() + 1));
    read_error(body);
    read_activities(body);
    read_lists(body);
    read_custom_fields(body);
    read_token(body);
    read_time(body);
  }
}

}  // namespace
}  // namespace constant_contact
