#include <gmock/gmock.h>

#include "unit/sandbox/core_case.hpp"

namespace sandbox {
namespace {

using namespace std::chrono_literals;
using Activities = CoreCase;
using testing::ElementsAre;

std::vector<std::string> files_of(const boost::json::value& page) {
  std::vector<std::string> files;
  for (const auto& activity : page.at("activities").as_array()) {
    files.emplace_back(activity.at("source_file_name").as_string());
  }
  return files;
}

TEST_F(Activities, GoFromQueuedOverRunningToCompleted) {
  core.knobs().start_delay_ms = 5'000;
  core.knobs().rows_per_second = 1;
  const auto id =
      text(parsed(post_csv("email\na@example.com\nb@example.com\nc@example.com\nd@example.com\n")), "activity_id");
  const auto look = [&](std::chrono::milliseconds later) {
    pass(later - 1s);
    return parsed(get("/v3/activities/" + id)).as_object();
  };
  EXPECT_EQ(text(look(4s), "state"), "initialized");
  EXPECT_EQ(text(look(1s), "state"), "processing");
  EXPECT_EQ(look(3s).at("percent_done").as_int64(), 75);
  EXPECT_TRUE(emails().empty());
  const auto ended = look(1s);
  EXPECT_EQ(text(ended, "state"), "completed");
  EXPECT_EQ(ended.at("percent_done").as_int64(), 100);
  EXPECT_EQ(count(ended, "items_total_count"), 5);
  EXPECT_EQ(text(ended, "completed_at"), "2026-03-01T09:00:10.000Z");
  EXPECT_EQ(emails().size(), 4U);
}

TEST_F(Activities, OfOneAccountRunOneAfterTheOther) {
  core.knobs().start_delay_ms = 1'000;
  core.knobs().rows_per_second = 1;
  post_csv("email\na@example.com\n");
  now -= 1s;
  post_csv("email\nb@example.com\n");
  pass(3'999ms);
  EXPECT_THAT(emails(), ElementsAre("a@example.com"));
  pass(1ms);
  EXPECT_THAT(emails(), ElementsAre("a@example.com", "b@example.com"));
}

TEST_F(Activities, RunSideBySideWhenTheKnobSaysSo) {
  core.knobs().parallel = true;
  core.knobs().start_delay_ms = 1'000;
  core.knobs().rows_per_second = 1;
  post_csv("email\na@example.com\n");
  now -= 1s;
  post_csv("email\nb@example.com\n");
  pass(2s);
  EXPECT_EQ(emails().size(), 2U);
}

TEST_F(Activities, AreListedNewestFirstPageByPage) {
  for (int index = 0; index < 5; ++index)
    post_csv("email\na@example.com\n", list_id, "f" + std::to_string(index) + ".csv");
  const auto first = parsed(get("/v3/activities?limit=2"));
  EXPECT_THAT(files_of(first), ElementsAre("f4.csv", "f3.csv"));
  const auto second = parsed(get(std::string{first.at("_links").at("next").at("href").as_string()}));
  EXPECT_THAT(files_of(second), ElementsAre("f2.csv", "f1.csv"));
  const auto third = parsed(get(std::string{second.at("_links").at("next").at("href").as_string()}));
  EXPECT_THAT(files_of(third), ElementsAre("f0.csv"));
  EXPECT_FALSE(third.as_object().contains("_links"));
}

TEST_F(Activities, AreListedByStateButNeverByInitialized) {
  import_csv("email\na@example.com\n");
  EXPECT_EQ(files_of(parsed(get("/v3/activities?state=completed"))).size(), 1U);
  EXPECT_EQ(files_of(parsed(get("/v3/activities?state=processing"))).size(), 0U);
  EXPECT_EQ(get("/v3/activities?state=initialized").status, 400U);
  EXPECT_EQ(get("/v3/activities?limit=0").status, 400U);
  EXPECT_EQ(get("/v3/activities?limit=501").status, 400U);
}

TEST_F(Activities, ShowLateWhenTheKnobSaysSo) {
  core.knobs().activity_visible_after_ms = 60'000;
  const auto id = text(parsed(post_csv("email\na@example.com\n")), "activity_id");
  EXPECT_TRUE(files_of(parsed(get("/v3/activities"))).empty());
  EXPECT_EQ(get("/v3/activities/" + id).status, 200U);
  pass(58s);
  EXPECT_EQ(files_of(parsed(get("/v3/activities"))).size(), 1U);
}

TEST_F(Activities, AreForgottenAfterTenDays) {
  const auto id = text(parsed(post_csv("email\na@example.com\n")), "activity_id");
  pass(std::chrono::days{10} - 2s);
  EXPECT_EQ(get("/v3/activities/" + id).status, 200U);
  pass(1s);
  EXPECT_EQ(get("/v3/activities/" + id).status, 404U);
  EXPECT_TRUE(files_of(parsed(get("/v3/activities"))).empty());
}

TEST_F(Activities, OfAnotherAccountAreNotFound) {
  const auto id = text(parsed(post_csv("email\na@example.com\n")), "activity_id");
  seed(R"({"accounts": [{"encoded_account_id": "p2"}],
           "grants": [{"refresh_token": "r2", "client": "app", "account": "p2", "access_token": "access2"}]})");
  const Request request{
      .method = "GET", .target = "/v3/activities/" + id, .headers = {{"Authorization", "Bearer access2"}}, .body = {}};
  EXPECT_EQ(core.handle(request, now).response->status, 404U);
}

TEST_F(Activities, EndAsArmedWithThePartialEffect) {
  arm(R"({"effect": "activity_end", "end": "timed_out", "rows": 1})");
  EXPECT_EQ(text(import_csv("email\na@example.com\nb@example.com\n"), "state"), "timed_out");
  EXPECT_THAT(emails(), ElementsAre("a@example.com"));
  EXPECT_EQ(text(import_csv("email\nb@example.com\n"), "state"), "completed");
}

TEST_F(Activities, NeverEndWhenArmedSo) {
  arm(R"({"effect": "activity_end", "end": "never"})");
  EXPECT_EQ(text(import_csv("email\na@example.com\n"), "state"), "processing");
  EXPECT_EQ(core.unfinished(now), 1U);
}

TEST_F(Activities, FailWhenTheirListIsDeletedMeanwhile) {
  core.knobs().start_delay_ms = 60'000;
  EXPECT_EQ(call("DELETE", std::string{"/v3/contact_lists/"} + list_id).status, 202U);
  EXPECT_EQ(text(import_csv("email\na@example.com\n"), "state"), "failed");
}

}  // namespace
}  // namespace sandbox
