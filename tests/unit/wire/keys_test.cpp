#include <gtest/gtest.h>

#include "wire/control.hpp"
#include "wire/credentials.hpp"
#include "wire/journal.hpp"

namespace wire {
namespace {

const run::RunInstance instance{.run_id = {"run-1"}, .partition = 3, .job_offset = 1000};

std::string journal_key(run::JournalRecord record) { return key_of(record); }
std::string control_key(run::ControlRecord record) { return key_of(record); }

TEST(Keys, AreThoseThatTheMessagesDocument) {
  run::RunState run;
  run.instance = instance;
  run::BatchState batch;
  batch.batch_id = {"b1"};
  run::Owner owner;
  owner.claim_id = {"c1"};
  run::Connection connection;
  connection.id = {"main"};
  EXPECT_EQ(journal_key(owner), "owner/c1");
  EXPECT_EQ(journal_key(run), "run/run-1/3/1000");
  EXPECT_EQ(journal_key(batch), "batch/b1");
  EXPECT_EQ(journal_key(run::QuotaBlock{
                .application = {"app"}, .day = std::chrono::year{2026} / std::chrono::March / 1, .reserved = 50}),
            "quota/app/2026-03-01");
  run::RefreshIntent intent;
  intent.application = {"app"};
  intent.connection_id = {"main"};
  EXPECT_EQ(journal_key(intent), "refresh/app/main");

  EXPECT_EQ(control_key(run::Layout{}), "layout");
  EXPECT_EQ(control_key(connection), "connection/main");
  EXPECT_EQ(control_key(run::Pause{.scope = run::PauseScope::export_, .id = "e1", .paused_by = {}, .why = {}}),
            "pause/export/e1");
  EXPECT_EQ(control_key(run::CancelRun{.instance = instance, .canceled_by = {}, .why = {}}), "cancel/run-1/3/1000");
  EXPECT_EQ(control_key(run::ReleaseRun{.instance = instance, .released_by = {}}), "release/run-1/3/1000");
  run::Request request;
  request.id = "q1";
  EXPECT_EQ(control_key(request), "request/q1");

  EXPECT_EQ(key_of(run::TokenName{{"app"}, {"main"}, {"grant"}, 7}), "app/main/grant/7");
}

TEST(Keys, OfTwoTokensDifferWhereverTheirSlashesStand) {
  EXPECT_NE(key_of(run::TokenName{{"a/b"}, {"c"}, {"d"}, 1}), key_of(run::TokenName{{"a"}, {"b/c"}, {"d"}, 1}));
  EXPECT_NE(key_of(run::TokenName{{"a/b"}, {"c"}, {"d"}, 1}), key_of(run::TokenName{{"a%2Fb"}, {"c"}, {"d"}, 1}));
}

}  // namespace
}  // namespace wire
