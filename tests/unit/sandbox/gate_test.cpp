#include "unit/sandbox/core_case.hpp"

namespace sandbox {
namespace {

using namespace std::chrono_literals;
using Gate = CoreCase;

TEST_F(Gate, KnowsTheRouteBeforeItAsksForAToken) {
  const auto status = [&](const std::string& method, const std::string& target) {
    return core.handle({.method = method, .target = target, .headers = {}, .body = {}}, now).response->status;
  };
  EXPECT_EQ(status("GET", "/v3/nothing"), 404U);
  EXPECT_EQ(status("PATCH", "/v3/contact_lists"), 405U);
  EXPECT_EQ(status("GET", "/v3/contact_lists"), 401U);
}

TEST_F(Gate, AnswersAnUnknownTokenInTheVendorsShape) {
  const auto response =
      *core.handle({.method = "GET", .target = "/v3/contact_lists", .headers = {}, .body = {}}, now).response;
  EXPECT_EQ(response.body, R"({"error_key":"unauthorized","error_message":"Unauthorized"})");
  EXPECT_EQ(response.headers.at(1).first, "WWW-Authenticate");
}

TEST_F(Gate, ThrottlesTheFifthRequestOfASlidingSecond) {
  for (int index = 0; index < 4; ++index) {
    EXPECT_EQ(at_once("GET", "/v3/contact_lists").response->status, 200U);
    pass(100ms);
  }
  EXPECT_EQ(error_key(*at_once("GET", "/v3/contact_lists").response), "throttled");
  pass(699ms);
  EXPECT_EQ(at_once("GET", "/v3/contact_lists").response->status, 429U);
  pass(300ms);
  EXPECT_EQ(at_once("GET", "/v3/contact_lists").response->status, 200U);
  EXPECT_EQ(core.counters().max_in_sliding_second, 5U);
}

TEST_F(Gate, OpensAgainAfterExactlyOneSecond) {
  core.knobs().rate = 1;
  core.knobs().refused_calls_count = false;
  EXPECT_EQ(at_once("GET", "/v3/contact_lists").response->status, 200U);
  pass(999ms);
  EXPECT_EQ(at_once("GET", "/v3/contact_lists").response->status, 429U);
  pass(1ms);
  EXPECT_EQ(at_once("GET", "/v3/contact_lists").response->status, 200U);
}

TEST_F(Gate, CountsRefusedRequestsInTheSecond) {
  for (int index = 0; index < 8; ++index) at_once("GET", "/v3/contact_lists");
  pass(999ms);
  EXPECT_EQ(at_once("GET", "/v3/contact_lists").response->status, 429U);
}

TEST_F(Gate, LimitsTheAccountsOfAClientTogether) {
  seed(R"({"accounts": [{"encoded_account_id": "p2"}],
           "grants": [{"refresh_token": "r2", "client": "app", "account": "p2", "access_token": "access2"}]})");
  core.knobs().rate = 1;
  EXPECT_EQ(at_once("GET", "/v3/contact_lists").response->status, 200U);
  const Request other{
      .method = "GET", .target = "/v3/contact_lists", .headers = {{"Authorization", "Bearer access2"}}, .body = {}};
  EXPECT_EQ(core.handle(other, now).response->status, 429U);
}

TEST_F(Gate, ClosesWhenTheDayIsSpentAndOpensAtMidnight) {
  core.knobs().daily = 2;
  get("/v3/contact_lists");
  get("/v3/contact_lists");
  EXPECT_EQ(error_key(get("/v3/contact_lists")), "quota_exceeded");
  now = std::chrono::floor<std::chrono::days>(now) + std::chrono::days{1} - 2s;
  EXPECT_EQ(get("/v3/contact_lists").status, 429U);
  EXPECT_EQ(get("/v3/contact_lists").status, 200U);
  EXPECT_EQ(core.counters().requests_by_utc_day.at("2026-03-01"), 4U);
  EXPECT_EQ(core.counters().requests_by_utc_day.at("2026-03-02"), 1U);
}

TEST_F(Gate, PutsTheLimitsOfAnApplicationBeforeTheKnobs) {
  seed(R"({"applications": [{"client_id": "app", "client_secret": "secret", "rate": 10, "daily": 250000}]})");
  for (int index = 0; index < 10; ++index) EXPECT_EQ(at_once("GET", "/v3/contact_lists").response->status, 200U);
  EXPECT_EQ(at_once("GET", "/v3/contact_lists").response->status, 429U);
}

TEST_F(Gate, RefusesADeactivatedApplicationWithoutCountingIt) {
  core.knobs().daily = 0;
  seed(R"({"applications": [{"client_id": "app", "client_secret": "secret", "deactivated": true}]})");
  EXPECT_EQ(get("/v3/contact_lists").status, 403U);
}

TEST_F(Gate, AsksForThePrivilegeAndTheScope) {
  seed(R"({"accounts": [{"encoded_account_id": "p2", "privileges": ["account:read"]}],
           "grants": [{"refresh_token": "r2", "client": "app", "account": "p2", "access_token": "no-privilege"},
                      {"refresh_token": "r3", "client": "app", "account": "p1", "access_token": "no-scope",
                       "scope": "account_read"}]})");
  for (const std::string token : {"no-privilege", "no-scope"}) {
    const Request request{
        .method = "GET", .target = "/v3/contact_lists", .headers = {{"Authorization", "Bearer " + token}}, .body = {}};
    EXPECT_EQ(core.handle(request, now).response->status, 403U) << token;
  }
}

TEST_F(Gate, AsksForTheContentTypeOfTheRoute) {
  EXPECT_EQ(call("POST", json_route, "{}", "text/plain").status, 415U);
  EXPECT_EQ(call("POST", csv_route, "{}", "application/json").status, 415U);
}

TEST_F(Gate, RefusesWhatTheVendorsFrontDoes) {
  EXPECT_EQ(call("POST", json_route, std::string(11U << 20U, ' ')).status, 413U);
}

}  // namespace
}  // namespace sandbox
