#include "unit/sandbox/core_case.hpp"

namespace sandbox {
namespace {

using namespace std::chrono_literals;
using ControlRoutes = CoreCase;

TEST_F(ControlRoutes, PageTheMembersOfAList) {
  import_csv("email,first_name,cf:tier\na@example.com,A,gold\nb@example.com,B,\nc@example.com,C,\n");
  const std::string route = std::string{"/__sandbox/lists/"} + list_id + "/members";
  const auto all = control("GET", route);
  EXPECT_EQ(boost::json::serialize(parsed(all).at(0)),
            R"({"email":"a@example.com","first_name":"A","last_name":"","fields":{"cf:tier":"gold"},"imports":1})");
  EXPECT_EQ(all.headers.at(1), (Header{"X-Total-Count", "3"}));
  EXPECT_EQ(parsed(control("GET", route + "?limit=2&offset=1")).as_array().size(), 2U);
  EXPECT_EQ(parsed(control("GET", route + "?offset=3")).as_array().size(), 0U);
  EXPECT_EQ(control("GET", route + "?limit=0").status, 400U);
  EXPECT_EQ(control("GET", "/__sandbox/lists/none/members").status, 404U);
}

TEST_F(ControlRoutes, TellHowManyImportsNamedAMember) {
  import_csv("email\na@example.com\nb@example.com\n");
  // Twice in one import is one import.
  import_csv("email\nb@example.com\nB@example.com\nc@example.com\n");
  const auto found = parsed(control("GET", std::string{"/__sandbox/lists/"} + list_id + "/members"));
  EXPECT_EQ(found.at(0).at("imports").as_int64(), 1);
  EXPECT_EQ(found.at(1).at("imports").as_int64(), 2);
  EXPECT_EQ(found.at(2).at("imports").as_int64(), 1);
}

TEST_F(ControlRoutes, EndTheFaults) {
  control("POST", "/__sandbox/faults", R"({"effect": "answer", "status": 503, "count": -1})");
  EXPECT_EQ(get("/v3/contact_lists").status, 503U);
  EXPECT_EQ(control("DELETE", "/__sandbox/faults").status, 204U);
  EXPECT_EQ(get("/v3/contact_lists").status, 200U);
  EXPECT_EQ(control("DELETE", "/__sandbox/knobs").status, 405U);
}

TEST_F(ControlRoutes, LogRequestsAsJsonLines) {
  post_csv("email\na@example.com\n");
  get("/v3/activities/nothing");
  const auto log = control("GET", "/__sandbox/requests").body;
  const auto first = boost::json::parse(log.substr(0, log.find('\n')));
  EXPECT_EQ(text(first, "time"), "2026-03-01T09:00:01.000Z");
  EXPECT_EQ(text(first, "client"), "app");
  EXPECT_EQ(text(first, "account"), "p1");
  EXPECT_EQ(text(first, "route"), csv_route);
  EXPECT_EQ(text(first, "method"), "POST");
  EXPECT_EQ(first.at("status").as_int64(), 201);
  EXPECT_EQ(first.at("rows").as_int64(), 1);
  EXPECT_EQ(text(first, "file_name"), "b-1.csv");
  const auto second = boost::json::parse(control("GET", "/__sandbox/requests?after=1").body);
  EXPECT_EQ(text(second, "route"), "/v3/activities/{activity_id}");
  EXPECT_EQ(second.at("status").as_int64(), 404);
}

TEST_F(ControlRoutes, TellTheCounters) {
  refresh("first");
  post_csv("email\na@example.com\n");
  const auto counters = parsed(control("GET", "/__sandbox/counters"));
  EXPECT_EQ(counters.at("token_calls").as_int64(), 1);
  EXPECT_EQ(counters.at("spent_refresh_tokens").as_int64(), 0);
  EXPECT_EQ(counters.at("rows_lost").as_int64(), 0);
  EXPECT_EQ(counters.at("max_in_sliding_second").as_int64(), 1);
  EXPECT_EQ(counters.at("activities_by_batch").at("b").as_int64(), 1);
  EXPECT_EQ(counters.at("requests_by_utc_day").at("2026-03-01").as_int64(), 1);
  EXPECT_GT(counters.at("max_body_bytes").as_int64(), 200);
}

TEST_F(ControlRoutes, MoveTheClock) {
  post_csv("email\na@example.com\n");
  control("POST", "/__sandbox/clock", R"({"advance_s": 86400})");
  EXPECT_EQ(emails().size(), 1U);
  get("/v3/contact_lists");
  EXPECT_EQ(core.counters().requests_by_utc_day.at("2026-03-02"), 1U);
  EXPECT_EQ(control("POST", "/__sandbox/clock", R"({"advance_s": -1})").status, 400U);
}

TEST_F(ControlRoutes, SetKnobsAllOrNone) {
  EXPECT_EQ(control("POST", "/__sandbox/knobs", R"({"person_count": "landed", "rate": 9})").status, 204U);
  EXPECT_EQ(core.knobs().person_count, PersonCount::landed);
  EXPECT_EQ(core.knobs().rate, 9);
  const auto refused = control("POST", "/__sandbox/knobs", R"({"rate": 3, "person_count": "all"})");
  EXPECT_EQ(refused.status, 400U);
  EXPECT_EQ(refused.body, "not a value of this knob: person_count\n");
  EXPECT_EQ(core.knobs().rate, 9);
  EXPECT_EQ(control("POST", "/__sandbox/knobs", R"({"speed": 3})").body, "unknown knob: speed\n");
}

TEST_F(ControlRoutes, RefuseAMisspeltSeed) {
  EXPECT_EQ(control("POST", "/__sandbox/seed", R"({"applicatons": []})").body, "seed: unknown member applicatons\n");
  EXPECT_EQ(control("POST", "/__sandbox/seed", "nothing").status, 400U);
}

TEST_F(ControlRoutes, ForgetEverything) {
  control("POST", "/__sandbox/knobs", R"({"rate": 9})");
  get("/v3/contact_lists");
  EXPECT_EQ(control("POST", "/__sandbox/reset").status, 204U);
  EXPECT_TRUE(core.requests().empty());
  EXPECT_EQ(core.knobs().rate, 4);
  EXPECT_EQ(get("/v3/contact_lists").status, 401U);
}

TEST_F(ControlRoutes, AreNotLogged) {
  control("GET", "/__sandbox/counters");
  EXPECT_TRUE(core.requests().empty());
}

TEST(Core, DecidesTheSameFromTheSameSeed) {
  const auto token = [](std::uint64_t seed) {
    Core core{seed};
    core.seed(demo_seed(), Time{});
    const Request request{.method = "POST",
                          .target = "/oauth2/default/v1/token",
                          .headers = {{"Content-Type", "application/x-www-form-urlencoded"}},
                          .body =
                              "grant_type=refresh_token&refresh_token=demo-refresh-token&"
                              "client_id=demo-application&client_secret=demo-secret"};
    return core.handle(request, Time{}).response->body;
  };
  EXPECT_EQ(token(1), token(1));
  EXPECT_NE(token(1), token(2));
}

}  // namespace
}  // namespace sandbox
