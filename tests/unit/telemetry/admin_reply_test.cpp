#include "telemetry/admin_reply.hpp"

#include <gtest/gtest.h>

namespace telemetry {
namespace {

using Problems = std::vector<std::string>;

Probes probes(Problems not_alive = {}, Problems not_ready = {}) {
  return {.metrics = [] { return std::string{"a_metric 1\n"}; },
          .not_alive = [not_alive] { return not_alive; },
          .not_ready = [not_ready] { return not_ready; }};
}

TEST(AdminReply, HoldsTheMetrics) {
  const AdminReply reply = admin_reply("GET", "/metrics", probes());
  EXPECT_EQ(reply.status, 200U);
  EXPECT_EQ(reply.content_type, "text/plain; version=0.0.4; charset=utf-8");
  EXPECT_EQ(reply.body, "a_metric 1\n");
}

TEST(AdminReply, IgnoresAQuery) { EXPECT_EQ(admin_reply("GET", "/metrics?name[]=x", probes()).status, 200U); }

TEST(AdminReply, SaysThatTheProcessIsAliveAndReady) {
  EXPECT_EQ(admin_reply("GET", "/livez", probes()).status, 200U);
  EXPECT_EQ(admin_reply("HEAD", "/readyz", probes()).status, 200U);
}

TEST(AdminReply, GivesOneLineForEachProblem) {
  const AdminReply reply = admin_reply("GET", "/readyz", probes({}, {"topics: differ", "intake: restores"}));
  EXPECT_EQ(reply.status, 503U);
  EXPECT_EQ(reply.body, "topics: differ\nintake: restores\n");
}

TEST(AdminReply, KeepsAliveAndReadyApart) {
  EXPECT_EQ(admin_reply("GET", "/livez", probes({}, {"topics: differ"})).status, 200U);
  EXPECT_EQ(admin_reply("GET", "/livez", probes({"intake: no turn for 31 s"})).status, 503U);
}

TEST(AdminReply, KnowsNothingElse) {
  for (const char* target : {"/", "", "/metrics/", "/metricsx", "*", "http://worker.example/metrics"}) {
    EXPECT_EQ(admin_reply("GET", target, probes()).status, 404U) << target;
  }
}

TEST(AdminReply, ChangesNothing) { EXPECT_EQ(admin_reply("POST", "/metrics", probes()).status, 405U); }

}  // namespace
}  // namespace telemetry
