#include "constant_contact/errors.hpp"

#include <gtest/gtest.h>

namespace constant_contact {
namespace {

using delivery::NextStep;
using run::Reason;

struct Row {
  unsigned status;
  std::string body;
  NextStep asked;  ///< Of a call that only asks,
  Reason asked_reason;
  NextStep import;  ///< and of an import.
  Reason import_reason;
};

const std::string throttled = R"({"error_key":"throttled","error_message":"Too Many Requests"})";
const std::string quota = R"({"error_key":"quota_exceeded","error_message":"Limit Exceeded"})";
const std::string invalid = R"([{"error_key":"contacts.api.validation.error","error_message":"x"}])";
const std::string html = "<html>503</html>";

TEST(Errors, SayWhatToDoNextForEachStatus) {
  using enum NextStep;
  const std::vector<Row> rows{
      {400, invalid, park, Reason::vendor_unavailable, split, Reason::import_refused},
      {422, invalid, park, Reason::vendor_unavailable, split, Reason::import_refused},
      {401, R"({"error_key":"unauthorized","error_message":"Unauthorized"})", refresh_token,
       Reason::needs_authorisation, refresh_token, Reason::needs_authorisation},
      {403, R"({"message":"Forbidden"})", park, Reason::missing_privilege, park, Reason::missing_privilege},
      {403, R"([{"error_key":"mashery.not.authorized.over.qps"}])", retry, Reason::rate, retry, Reason::rate},
      {403, R"([{"error_key":"mashery.not.authorized.over.ratelimit"}])", wait_until, Reason::daily_quota, wait_until,
       Reason::daily_quota},
      {404, "", park, Reason::vendor_unavailable, park, Reason::list_missing},
      {405, "", park, Reason::vendor_unavailable, reject, Reason::import_refused},
      {406, "", park, Reason::vendor_unavailable, reject, Reason::import_refused},
      {408, "", retry, Reason::vendor_unavailable, look_up, Reason::vendor_unavailable},
      {409, R"([{"error_key":"contacts.api.conflict"}])", retry, Reason::vendor_unavailable, retry,
       Reason::vendor_unavailable},
      {413, html, park, Reason::vendor_unavailable, split, Reason::import_refused},
      {415, "", park, Reason::vendor_unavailable, reject, Reason::import_refused},
      {429, throttled, retry, Reason::rate, retry, Reason::rate},
      {429, "[" + throttled + "]", retry, Reason::rate, retry, Reason::rate},
      {429, R"({"message":"Too Many Requests"})", retry, Reason::rate, retry, Reason::rate},
      {429, quota, wait_until, Reason::daily_quota, wait_until, Reason::daily_quota},
      {429, R"({"message":"Limit Exceeded"})", wait_until, Reason::daily_quota, wait_until, Reason::daily_quota},
      {429, "", retry, Reason::rate, park, Reason::vendor_queue_full},
      {429, R"([{"error_key":"too_many_activities"}])", retry, Reason::rate, park, Reason::vendor_queue_full},
      {500, "", retry, Reason::vendor_unavailable, look_up, Reason::vendor_unavailable},
      {502, html, retry, Reason::vendor_unavailable, look_up, Reason::vendor_unavailable},
      {503, html, retry, Reason::vendor_unavailable, look_up, Reason::vendor_unavailable},
      {504, R"({"message":"Endpoint request timed out"})", retry, Reason::vendor_unavailable, look_up,
       Reason::vendor_unavailable},
      {302, "", park, Reason::vendor_unavailable, park, Reason::vendor_unavailable},
      {999, "", retry, Reason::vendor_unavailable, look_up, Reason::vendor_unavailable}};
  for (const auto& row : rows) {
    const auto asked = error_of(row.status, row.body, Effect::none);
    EXPECT_EQ(asked.next_step, row.asked) << row.status << row.body;
    EXPECT_EQ(asked.reason, row.asked_reason) << row.status << row.body;
    const auto import = error_of(row.status, row.body, Effect::starts_import);
    EXPECT_EQ(import.next_step, row.import) << row.status << row.body;
    EXPECT_EQ(import.reason, row.import_reason) << row.status << row.body;
  }
}

TEST(Errors, LeaveARunAliveWhateverTheVendorDoesNotUnderstandOfAQuestion) {
  for (unsigned status = 400; status < 500; ++status) {
    const auto asked = error_of(status, invalid, Effect::none);
    EXPECT_NE(asked.next_step, NextStep::reject) << status;
    EXPECT_NE(asked.reason, Reason::import_refused) << status;
    EXPECT_TRUE(asked.detail.starts_with("status " + std::to_string(status))) << asked.detail;
  }
}

TEST(Errors, TellACallThatCannotHaveBeenTakenFromOneThatMay) {
  using http::Failure;
  for (const auto effect : {Effect::none, Effect::starts_import}) {
    EXPECT_EQ(error_of(Failure{Failure::Kind::nothing_sent, "x"}, effect).next_step, NextStep::retry);
    EXPECT_EQ(error_of(Failure{Failure::Kind::forbidden, "x"}, effect).next_step, NextStep::stop);
  }
  const Failure taken{Failure::Kind::perhaps_taken, "x"};
  EXPECT_EQ(error_of(taken, Effect::none).next_step, NextStep::retry);
  EXPECT_EQ(error_of(taken, Effect::starts_import).next_step, NextStep::look_up);
  EXPECT_EQ(unreadable(Effect::none).next_step, NextStep::retry);
  EXPECT_EQ(unreadable(Effect::starts_import).next_step, NextStep::look_up);
}

TEST(Errors, RepeatNothingOfABodyButItsKey) {
  const auto body =
      R"([{"error_key":"contacts.api.conflict","error_message":"Email already exists for a@example.com"}])";
  EXPECT_EQ(error_of(409, body, Effect::none).detail, "status 409, contacts.api.conflict");
  EXPECT_EQ(error_of(400, R"([{"error_key":"a@example.com"}])", Effect::none).detail, "status 400");
  EXPECT_EQ(error_of(400, R"([{"error_key":")" + std::string(65, 'a') + R"("}])", Effect::none).detail, "status 400");
  EXPECT_EQ(refusal_of(400, R"({"error":"invalid_grant","error_description":"token abc"})").detail,
            "status 400, invalid_grant");
}

TEST(TokenRefusals, SayWhatBecameOfTheGrant) {
  using Kind = delivery::TokenRefusal::Kind;
  struct TokenRow {
    unsigned status;
    std::string body;
    Kind kind;
  };
  const std::vector<TokenRow> rows{
      {400, R"({"error":"invalid_grant","error_description":"The refresh token is invalid or expired."})",
       Kind::grant_dead},
      {400, R"({"error":"invalid_grant","error_description":"unknown, invalid, or expired refresh token"})",
       Kind::grant_dead},
      {400, R"({"error":"other","error_description":"invalid_grant"})", Kind::client_refused},
      {401, R"({"error":"invalid_client","error_description":"The client secret supplied is invalid."})",
       Kind::client_refused},
      {401, R"({"errorCode":"invalid_client","errorSummary":"x","errorLink":"x","errorId":"x","errorCauses":[]})",
       Kind::client_refused},
      {401, "", Kind::client_refused},
      {400, R"({"error":"invalid_request"})", Kind::client_refused},
      {400, R"({"error":"invalid_scope"})", Kind::client_refused},
      {400, R"({"error":"unsupported_grant_type"})", Kind::client_refused},
      {404, html, Kind::client_refused},
      {302, "", Kind::client_refused},
      {429, "", Kind::too_fast},
      {429, R"({"errorCode":"E0000047"})", Kind::too_fast},
      {200, html, Kind::ambiguous},
      {200, R"({"error":"invalid_grant"})", Kind::ambiguous},
      {408, "", Kind::ambiguous},
      {500, html, Kind::ambiguous},
      {500, R"({"error":"invalid_grant"})", Kind::ambiguous},
      {503, "", Kind::ambiguous}};
  for (const auto& row : rows) {
    EXPECT_EQ(refusal_of(row.status, row.body).kind, row.kind) << row.status << row.body;
  }
}

TEST(TokenRefusals, CallOnlyACompleteRequestAmbiguous) {
  using delivery::TokenRefusal;
  using http::Failure;
  EXPECT_EQ(refusal_of(Failure{Failure::Kind::nothing_sent, ""}).kind, TokenRefusal::Kind::nothing_sent);
  EXPECT_EQ(refusal_of(Failure{Failure::Kind::forbidden, ""}).kind, TokenRefusal::Kind::nothing_sent);
  EXPECT_EQ(refusal_of(Failure{Failure::Kind::perhaps_taken, ""}).kind, TokenRefusal::Kind::ambiguous);
}

}  // namespace
}  // namespace constant_contact
