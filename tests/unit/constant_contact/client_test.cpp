#include "constant_contact/client.hpp"

#include <gtest/gtest.h>

#include "unit/constant_contact/fake_transport.hpp"

namespace constant_contact {
namespace {

using delivery::NextStep;

class YesThenNo : public delivery::Permit {
 public:
  boost::asio::awaitable<void> turn() override {
    ++turns;
    co_return;
  }
  bool may_send() override { return asked++ == 0; }

  int turns = 0;

 private:
  mutable int asked = 0;
};

class ContactClient : public testing::Test {
 protected:
  delivery::Call call() { return {"token", &permit}; }
  const http::Request& sent() const { return transport.requests.back(); }

  YesThenNo permit;
  FakeTransport transport;
  Client client{transport, "/v3"};
};

TEST_F(ContactClient, SignsEachRequestAndPassesThePermitOn) {
  transport.will_answer(200, R"({"encoded_account_id":"p1","organization_name":"Example"})");
  const auto account = run(client.account(call()));
  ASSERT_TRUE(account);
  EXPECT_EQ(account->account_id.value, "p1");
  EXPECT_EQ(sent().method, "GET");
  EXPECT_EQ(sent().target, "/v3/account/summary");
  EXPECT_EQ(header(sent(), "Authorization"), "Bearer token");
  EXPECT_EQ(header(sent(), "Accept"), "application/json");
  EXPECT_EQ(header(sent(), "Content-Type"), "");
  EXPECT_TRUE(sent().may_send());
  EXPECT_FALSE(sent().may_send());
  EXPECT_EQ(permit.turns, 0);
  run(sent().wait_for_turn());
  EXPECT_EQ(permit.turns, 1);
}

TEST_F(ContactClient, AsksForEachThingAtItsPath) {
  transport.will_answer(200, "[]");
  EXPECT_TRUE(run(client.privileges(call())));
  EXPECT_EQ(sent().target, "/v3/account/user/privileges");
  transport.will_answer(200, R"({"custom_fields":[]})");
  EXPECT_TRUE(run(client.custom_fields(call())));
  EXPECT_EQ(sent().target, "/v3/contact_custom_fields?limit=100");
  transport.will_answer(200, R"({"lists":[]})");
  EXPECT_TRUE(run(client.lists(call(), "")));
  EXPECT_EQ(sent().target, "/v3/contact_lists?limit=500");
  transport.will_answer(200, R"({"activities":[]})");
  EXPECT_TRUE(run(client.activities(call(), "")));
  EXPECT_EQ(sent().target, "/v3/activities?limit=500");
  transport.will_answer(200, R"({"activity_id":"a1","state":"processing"})");
  EXPECT_EQ((*run(client.activity(call(), {"a1"})))->id.value, "a1");
  EXPECT_EQ(sent().target, "/v3/activities/a1");
}

TEST_F(ContactClient, KeepsAForeignIdWithinItsSegment) {
  transport.will_answer(404, "");
  EXPECT_EQ(*run(client.list(call(), {"../a?b c/\xc3\xa9"})), std::nullopt);
  EXPECT_EQ(sent().target, "/v3/contact_lists/..%2Fa%3Fb%20c%2F%C3%A9");
}

TEST_F(ContactClient, TakesANextPageAsItCame) {
  transport.will_answer(200, R"({"activities":[],"_links":{"next":{"href":"/v3/activities?cursor=2"}}})");
  EXPECT_EQ(run(client.activities(call(), "/v3/activities?cursor=1"))->next, "/v3/activities?cursor=2");
  EXPECT_EQ(sent().target, "/v3/activities?cursor=1");
}

TEST_F(ContactClient, EndsAListingThatNamesThePageJustRead) {
  transport.will_answer(200, R"({"activities":[],"_links":{"next":{"href":"/v3/activities?cursor=1"}}})");
  EXPECT_EQ(run(client.activities(call(), "/v3/activities?cursor=1"))->next, "");
  transport.will_answer(200, R"({"lists":[],"_links":{"next":{"href":"/v3/contact_lists?cursor=1"}}})");
  EXPECT_EQ(run(client.lists(call(), "/v3/contact_lists?cursor=1"))->next, "");
}

TEST_F(ContactClient, KnowsNoListOrActivityWhereTheVendorKnowsNone) {
  for (const auto status : {404U, 400U}) {
    transport.will_answer(status, "");
    EXPECT_EQ(*run(client.list(call(), {"l1"})), std::nullopt);
    transport.will_answer(status, "");
    EXPECT_EQ(*run(client.activity(call(), {"a1"})), std::nullopt);
  }
  transport.will_answer(200, R"({"list_id":"l1","name":"n","deleted_at":"2026-01-01T00:00:00Z"})");
  EXPECT_TRUE((*run(client.list(call(), {"l1"})))->deleted);
  transport.will_answer(503, "");
  EXPECT_EQ(run(client.list(call(), {"l1"})).error().next_step, NextStep::retry);
}

TEST_F(ContactClient, TakesARefusalOfItsPrivilegesForADeactivatedApplication) {
  transport.will_answer(403, "");
  EXPECT_EQ(run(client.privileges(call())).error().reason, run::Reason::application_deactivated);
  transport.will_answer(403, "");
  EXPECT_EQ(run(client.account(call())).error().reason, run::Reason::missing_privilege);
}

TEST_F(ContactClient, AsksAgainWhereAnAnswerIsNotWhatWasAskedFor) {
  for (const auto* body : {"", "<html></html>", "{", "[]", "{}"}) {
    transport.will_answer(200, body);
    EXPECT_EQ(run(client.account(call())).error().next_step, NextStep::retry) << body;
  }
}

TEST_F(ContactClient, SendsABatchAsAFileWithItsName) {
  transport.will_answer(201, R"({"activity_id":"a1","state":"initialized"})");
  delivery::Import batch{"0a-1.csv", "email\na@example.com\n", {{"l1"}, {"l2"}}, "csv-1"};
  EXPECT_EQ(run(client.start_import(call(), batch))->value, "a1");
  EXPECT_EQ(sent().method, "POST");
  EXPECT_EQ(sent().target, "/v3/activities/contacts_file_import");
  EXPECT_TRUE(header(sent(), "Content-Type").starts_with("multipart/form-data; boundary="));
  ASSERT_EQ(sent().body.size(), 3U);
  EXPECT_NE(sent().body[0].find("l1,l2"), std::string::npos);
  EXPECT_NE(sent().body[0].find("filename=\"0a-1.csv\""), std::string::npos);
  EXPECT_EQ(sent().body[1], batch.body);
}

TEST_F(ContactClient, SendsAJsonBatchAsItIs) {
  transport.will_answer(201, R"({"activity_id":"a1","state":"initialized"})");
  delivery::Import batch{"0a-1.csv", R"({"list_ids":["l1"],"import_data":[]})", {{"l1"}}, "json-1"};
  EXPECT_EQ(run(client.start_import(call(), batch))->value, "a1");
  EXPECT_EQ(sent().method, "POST");
  EXPECT_EQ(sent().target, "/v3/activities/contacts_json_import");
  EXPECT_EQ(header(sent(), "Content-Type"), "application/json");
  EXPECT_EQ(sent().body, std::vector<std::string>{batch.body});
}

TEST_F(ContactClient, TakesAnyTwoHundredThatNamesTheActivity) {
  for (const auto status : {200U, 201U, 202U}) {
    transport.will_answer(status, R"({"activity_id":"a1"})");
    EXPECT_EQ(run(client.start_import(call(), {}))->value, "a1") << status;
  }
}

TEST_F(ContactClient, LooksAnImportUpThatMayHaveBeenTaken) {
  for (const auto* body : {"", "<html></html>", "{\"activity_id\":", R"({"state":"initialized"})"}) {
    transport.will_answer(201, body);
    EXPECT_EQ(run(client.start_import(call(), {})).error().next_step, NextStep::look_up) << body;
  }
  transport.will_answer(503, "");
  EXPECT_EQ(run(client.start_import(call(), {})).error().next_step, NextStep::look_up);
  transport.will_fail(http::Failure::Kind::perhaps_taken);
  EXPECT_EQ(run(client.start_import(call(), {})).error().next_step, NextStep::look_up);
  transport.will_fail(http::Failure::Kind::nothing_sent);
  EXPECT_EQ(run(client.start_import(call(), {})).error().next_step, NextStep::retry);
  transport.will_fail(http::Failure::Kind::forbidden);
  EXPECT_EQ(run(client.start_import(call(), {})).error().next_step, NextStep::stop);
}

}  // namespace
}  // namespace constant_contact
