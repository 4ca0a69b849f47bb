#include "unit/sandbox/core_case.hpp"

namespace sandbox {
namespace {

using namespace std::chrono_literals;
using FaultsOfTheServer = CoreCase;

constexpr const char* csv = "email\na@example.com\n";

TEST_F(FaultsOfTheServer, AnswerBeforeTheRequestIsProcessed) {
  arm(R"({"route": "POST /v3/activities/contacts_file_import", "effect": "answer", "status": 503, "count": 2})");
  EXPECT_EQ(post_csv(csv).status, 503U);
  EXPECT_EQ(post_csv(csv).status, 503U);
  EXPECT_TRUE(core.counters().activities_by_file.empty());
  EXPECT_EQ(post_csv(csv).status, 201U);
}

TEST_F(FaultsOfTheServer, AnswerAfterTheRequestWasProcessed) {
  arm(R"([{"route": "/v3/activities/contacts_file_import", "effect": "answer", "status": 504, "when": "after"}])");
  const auto response = post_csv(csv);
  EXPECT_EQ(response.status, 504U);
  EXPECT_EQ(response.body, "");
  EXPECT_EQ(core.counters().activities_by_file.at("b-1.csv"), 1U);
}

TEST_F(FaultsOfTheServer, ResetBeforeAndAfterProcessing) {
  arm(R"({"faults": [{"effect": "reset"}, {"effect": "reset", "when": "after"}]})");
  const auto post = [&] {
    pass(1s);
    return at_once("POST", csv_route, multipart(csv, list_id, "b-1.csv"), multipart_type).response.has_value();
  };
  EXPECT_FALSE(post());
  EXPECT_TRUE(core.counters().activities_by_file.empty());
  EXPECT_FALSE(post());
  EXPECT_EQ(core.counters().activities_by_file.size(), 1U);
  EXPECT_EQ(core.requests().back().status, 0U);
}

TEST_F(FaultsOfTheServer, DelayTheAnswer) {
  arm(R"({"route": "*", "effect": "latency", "latency_ms": 1500, "skip": 1})");
  EXPECT_EQ(at_once("GET", "/v3/contact_lists").latency, 0ms);
  const auto slow = at_once("GET", "/v3/contact_lists");
  EXPECT_EQ(slow.latency, 1'500ms);
  EXPECT_EQ(slow.response->status, 200U);
  EXPECT_EQ(at_once("GET", "/v3/contact_lists").latency, 0ms);
}

TEST_F(FaultsOfTheServer, LoseARotatedToken) {
  arm(R"({"route": "/oauth2/default/v1/token", "effect": "answer", "status": 200, "when": "after",
          "body": "<html></html>", "content_type": "text/html"})");
  EXPECT_EQ(refresh("first").body, "<html></html>");
  EXPECT_EQ(refresh("first").status, 400U);
}

TEST_F(FaultsOfTheServer, LeaveMembersOut) {
  arm(R"({"effect": "omit", "members": ["activity_id"]})");
  const auto response = post_csv(csv);
  EXPECT_EQ(response.status, 201U);
  EXPECT_FALSE(parsed(response).as_object().contains("activity_id"));
}

TEST_F(FaultsOfTheServer, CutTheBody) {
  arm(R"({"effect": "truncate"})");
  boost::system::error_code unreadable;
  boost::json::parse(get("/v3/contact_lists").body, unreadable);
  EXPECT_TRUE(unreadable);
}

TEST_F(FaultsOfTheServer, MeetAllRequestsOfTheirClientOnly) {
  arm(R"([{"effect": "answer", "status": 401, "count": -1, "client": "other"},
          {"route": "GET /v3/activities/{activity_id}", "effect": "answer", "status": 404, "count": -1}])");
  EXPECT_EQ(get("/v3/contact_lists").status, 200U);
  EXPECT_EQ(get("/v3/activities/x").status, 404U);
  EXPECT_EQ(get("/v3/activities").status, 200U);
}

TEST_F(FaultsOfTheServer, AreRefusedWhereTheyAreMisspelt) {
  EXPECT_EQ(core.arm(boost::json::parse(R"({"efect": "reset"})")), "unknown member: efect");
  EXPECT_EQ(core.arm(boost::json::parse(R"({"effect": "explode"})")), "unknown word: explode");
  EXPECT_EQ(get("/v3/contact_lists").status, 200U);
}

}  // namespace
}  // namespace sandbox
