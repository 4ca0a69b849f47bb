#include "unit/sandbox/core_case.hpp"

namespace sandbox {
namespace {

using namespace std::chrono_literals;
using TokenEndpoint = CoreCase;

constexpr const char* wrong_secret = "YXBwOndyb25n";
constexpr const char* unknown_client = "d2hvOnNlY3JldA==";

void seed_long_lived(Core& core, Time now) {
  core.seed(boost::json::parse(R"({"applications": [{"client_id": "app", "client_secret": "secret",
                                                      "refresh": "long_lived"}]})"),
            now);
}

TEST_F(TokenEndpoint, GivesANewRefreshTokenAndALongAccessToken) {
  const auto answer = parsed(refresh("first"));
  EXPECT_NE(text(answer, "refresh_token"), "first");
  EXPECT_GE(text(answer, "access_token").size(), 1'000U);
  EXPECT_EQ(answer.at("expires_in").as_int64(), 86'400);
  EXPECT_EQ(answer.as_object().size(), 5U);
}

TEST_F(TokenEndpoint, GivesAccessTokensThatOpenTheApiUntilTheyExpire) {
  const auto token = text(parsed(refresh("first")), "access_token");
  const Request request{
      .method = "GET", .target = "/v3/account/summary", .headers = {{"Authorization", "Bearer " + token}}, .body = {}};
  EXPECT_EQ(core.handle(request, now + 86'399s).response->status, 200U);
  EXPECT_EQ(core.handle(request, now + 86'400s).response->status, 401U);
}

TEST_F(TokenEndpoint, RevokesTheFamilyWhenASpentTokenComesAgain) {
  const auto second = text(parsed(refresh("first")), "refresh_token");
  EXPECT_EQ(refresh("first").status, 400U);
  EXPECT_EQ(refresh(second).status, 400U);
  EXPECT_EQ(get("/v3/account/summary").status, 401U);
  EXPECT_EQ(core.counters().spent_refresh_tokens, 1U);
}

TEST_F(TokenEndpoint, KeepsTheFamilyWhenTheKnobSaysSo) {
  core.knobs().reuse_revokes_family = false;
  const auto second = text(parsed(refresh("first")), "refresh_token");
  EXPECT_EQ(text(parsed(refresh("first")), "error"), "invalid_grant");
  EXPECT_EQ(refresh(second).status, 200U);
}

TEST_F(TokenEndpoint, HandsOutTheSameTokenAgainWithinTheGrace) {
  core.knobs().grace_s = 30;
  const auto second = text(parsed(refresh("first")), "refresh_token");
  EXPECT_EQ(text(parsed(refresh("first")), "refresh_token"), second);
  pass(30s);
  EXPECT_EQ(refresh("first").status, 400U);
}

TEST_F(TokenEndpoint, ReturnsALongLivedTokenUnchanged) {
  seed_long_lived(core, now);
  EXPECT_EQ(text(parsed(refresh("first")), "refresh_token"), "first");
  EXPECT_EQ(text(parsed(refresh("first")), "refresh_token"), "first");
}

TEST_F(TokenEndpoint, LetsATokenDieThatWasNotUsedFor180Days) {
  seed_long_lived(core, now);
  pass(std::chrono::days{179});
  EXPECT_EQ(refresh("first").status, 200U);
  pass(std::chrono::days{180});
  EXPECT_EQ(text(parsed(refresh("first")), "error"), "invalid_grant");
}

TEST_F(TokenEndpoint, TellsAWrongSecretFromAnUnknownClient) {
  const auto secret = refresh("first", wrong_secret);
  EXPECT_EQ(secret.status, 401U);
  EXPECT_EQ(text(parsed(secret), "error"), "invalid_client");
  const auto client = refresh("first", unknown_client);
  EXPECT_EQ(client.status, 401U);
  EXPECT_EQ(text(parsed(client), "errorCode"), "invalid_client");
}

TEST_F(TokenEndpoint, AllowsOneCallInAnySecond) {
  refresh("first");
  now -= 1ms;
  EXPECT_EQ(refresh("none").status, 429U);
  pass(1ms);
  EXPECT_EQ(refresh("none").status, 400U);
}

TEST_F(TokenEndpoint, KnowsNoOtherGrantType) {
  const Request request{
      .method = "POST",
      .target = token_route,
      .headers = {{"Authorization", "Basic YXBwOnNlY3JldA=="}, {"Content-Type", "application/x-www-form-urlencoded"}},
      .body = "grant_type=client_credentials"};
  EXPECT_EQ(text(parsed(*core.handle(request, now).response), "error"), "unsupported_grant_type");
}

}  // namespace
}  // namespace sandbox
