#include "constant_contact/token_client.hpp"

#include <gtest/gtest.h>

#include "unit/constant_contact/fake_transport.hpp"

namespace constant_contact {
namespace {

using namespace std::chrono_literals;
using Kind = delivery::TokenRefusal::Kind;

class TokenHost : public testing::Test {
 protected:
  bool allowed = true;

  auto refresh(std::string token = "old", std::string application = "app") {
    return run(client.refresh({std::move(application)}, std::move(token), [this] { return allowed; }));
  }

  FakeTransport transport;
  TokenClient client{transport, "/oauth2/default/v1/token", {{{"app"}, "secret"}}};
};

TEST_F(TokenHost, IsAskedWithTheRefreshGrantAndTheClientsSecret) {
  transport.will_answer(200, R"({"access_token":"a","refresh_token":"new","scope":"contact_data","expires_in":100})");
  const auto fresh = refresh("a+b/c=d&e");
  ASSERT_TRUE(fresh);
  EXPECT_EQ(fresh->secret, (run::TokenSecret{"a", "new", "contact_data"}));
  EXPECT_EQ(fresh->expires_in, 100s);
  const auto& request = transport.requests.back();
  EXPECT_EQ(request.method, "POST");
  EXPECT_EQ(request.target, "/oauth2/default/v1/token");
  EXPECT_EQ(header(request, "Authorization"), "Basic YXBwOnNlY3JldA==");
  EXPECT_EQ(header(request, "Content-Type"), "application/x-www-form-urlencoded");
  ASSERT_EQ(request.body.size(), 1U);
  EXPECT_EQ(request.body[0], "grant_type=refresh_token&refresh_token=a%2Bb%2Fc%3Dd%26e");
}

TEST_F(TokenHost, IsAskedOnlyWhileTheCallerMaySend) {
  transport.will_answer(200, R"({"access_token":"a","expires_in":100})");
  EXPECT_TRUE(refresh());
  const auto& permit = transport.requests.back().may_send;
  EXPECT_TRUE(permit());
  allowed = false;
  EXPECT_FALSE(permit());
}

TEST_F(TokenHost, LeavesTheRefreshTokenAsItIsWhereItNamesNoOther) {
  transport.will_answer(200, R"({"access_token":"a","expires_in":100})");
  EXPECT_EQ(refresh()->secret.refresh_token, "old");
}

TEST_F(TokenHost, GivesTheUsualLifeWhereItNamesNoneAndABoundedOneWhereItNamesAnyOther) {
  for (const auto* life : {"null", "0", "-5", "\"soon\""}) {
    transport.will_answer(200, R"({"access_token":"a","expires_in":)" + std::string{life} + "}");
    EXPECT_EQ(refresh()->expires_in, 24h) << life;
  }
  transport.will_answer(200, R"({"access_token":"a","expires_in":9000000000000000000})");
  EXPECT_EQ(refresh()->expires_in, 24h * 365);
}

TEST_F(TokenHost, SaysWhyItGaveNoToken) {
  transport.will_answer(400, R"({"error":"invalid_grant"})");
  EXPECT_EQ(refresh().error().kind, Kind::grant_dead);
  transport.will_answer(200, "<html></html>");
  EXPECT_EQ(refresh().error().kind, Kind::ambiguous);
  transport.will_answer(200, R"({"refresh_token":"new"})");
  EXPECT_EQ(refresh().error().kind, Kind::ambiguous);
  transport.will_fail(http::Failure::Kind::nothing_sent);
  EXPECT_EQ(refresh().error().kind, Kind::nothing_sent);
  transport.will_fail(http::Failure::Kind::perhaps_taken);
  EXPECT_EQ(refresh().error().kind, Kind::ambiguous);
}

TEST_F(TokenHost, IsNotAskedForAnApplicationWithoutASecret) {
  EXPECT_EQ(refresh("old", "other").error().kind, Kind::client_refused);
  EXPECT_TRUE(transport.requests.empty());
}

}  // namespace
}  // namespace constant_contact
