#include <gtest/gtest.h>

#include "unit/wire/bytes.hpp"
#include "wire/credentials.hpp"
#include "wire/decided.hpp"
#include "wire/journal.hpp"

namespace wire {
namespace {

const run::RunInstance instance{.run_id = {"r1"}, .partition = 2, .job_offset = 300};

run::UtcTime at(std::int64_t milliseconds) { return run::UtcTime{std::chrono::milliseconds{milliseconds}}; }

run::ExportJob job() {
  run::ExportJob job;
  job.run_id = {"r1"};
  job.export_id = {"e1"};
  job.connection_id = {"c1"};
  job.application = {"a1"};
  job.list_ids = {{"l1"}};
  job.mapping.email_attribute = "EMail";
  job.mapping.fields = {{"First", contact::StandardField::first_name}, {"Shoe", contact::CustomField{"shoe"}}};
  job.segments = {{.id = {"s1"}, .name = "S", .expected_members = 0}};
  job.cap = 5;
  return job;
}

// A record that was written yesterday must be read tomorrow: these bytes never change.

TEST(GoldenBytes, OfRunOpened) {
  run::RunOpened opened;
  opened.instance = instance;
  opened.job = job();
  opened.job_at = at(1000);
  opened.rule_set = "rs";
  opened.trace_parent = "tp";
  EXPECT_EQ(
      hex(encode(opened)),
      "0a6d0a090a027231100218ac0212550a02723112026531220263312a026131300142026c314a2a0a05454d61696c12130a05466972737412"
      "0a66697273745f6e616d65120c0a0453686f651a0473686f6552090a0273311201531800580560016801700118e807220272732a027470");
}

TEST(GoldenBytes, OfDecidedRange) {
  run::DecidedRange range;
  range.instance = instance;
  range.prev = {300, 0};
  range.first = {301, 1};
  range.last = {303, 2};
  range.rows = {{.position = {302, 1}, .email = "p@example.com", .values = {"", "v"}}};
  range.rejects = {{.position = {303, 2},
                    .segment = 0,
                    .profile_id = "p1",
                    .reason = run::Reason::invalid_email,
                    .rule = "missing_at"}};
  range.rule_set = "rs";
  EXPECT_EQ(hex(encode(range)),
            "12560a090a027231100218ac02120308ac021a0508ad021001220508af0210022a18080110011a0d70406578616d706c652e636f6d"
            "2200220176321808021002180122027031280a320a6d697373696e675f61743a027273");
}

TEST(GoldenBytes, OfRunSealed) {
  run::RunSealed sealed;
  sealed.instance = instance;
  sealed.prev = {303, 2};
  sealed.at = {304, 0};
  sealed.cause = run::SealCause::silent;
  sealed.totals = {.received = 2, .accepted = 1, .invalid = 1};
  sealed.segments = {
      {.id = {"s1"}, .name = "S", .decided = sealed.totals, .expected_members = 0, .members_sent = 2, .ended = true}};
  sealed.reasons = {{.reason = run::Reason::invalid_email, .rule = "missing_at", .members = 1}};
  sealed.rule_set = "rs";
  sealed.sealed_at = at(2000);
  EXPECT_EQ(hex(encode(sealed)),
            "1a530a090a027231100218ac02120508af0210021a0308b00220022a0608021001180132150a0273311201531a0608021001180120"
            "00280230013a10080a120a6d697373696e675f617418014202727348d00f5200");
}

TEST(GoldenBytes, OfOwner) {
  run::Owner owner;
  owner.claim_id = {"k1"};
  owner.process = "host:1";
  owner.request_timeout = std::chrono::seconds{30};
  owner.lease = std::chrono::seconds{10};
  owner.released = true;
  owner.heartbeat = 9;
  owner.claimed_at = at(1000);
  EXPECT_EQ(hex(encode(run::JournalRecord{owner})), "0a1a0a026b311206686f73743a3118b0ea012001280930e80738904e");
}

TEST(GoldenBytes, OfRunState) {
  run::RunState run;
  run.instance = instance;
  run.export_id = {"e1"};
  run.connection_id = {"c1"};
  run.application = {"a1"};
  run.job_at = at(1000);
  run.deadline = at(5000);
  run.sequence = 3;
  run.status = run::RunStatus::queued;
  run.reason = {run::Reason::rate, "d"};
  run.since = at(1500);
  run.opened_at_offset = 7;
  run.rejects_out_to = run::Position{303, 2};
  EXPECT_EQ(hex(encode(run::JournalRecord{run})),
            "12380a090a027231100218ac02120265311a0263312202613128e807308827380340024a07081e10031a016450dc0b82010508af02"
            "1002980107");
}

TEST(GoldenBytes, OfBatchState) {
  run::BatchState batch;
  batch.instance = instance;
  batch.batch_id = {"b1"};
  batch.first = {301, 1};
  batch.last = {303, 2};
  batch.split_path = "l";
  batch.rows = 1;
  batch.bytes = 20;
  batch.encoder = "csv-1";
  batch.list_ids = {{"l1"}};
  batch.columns = {"email"};
  batch.phase = run::BatchPhase::submitted;
  batch.activity_id = {"act"};
  batch.intent_at = at(3000);
  batch.claim_id = {"k1"};
  EXPECT_EQ(
      hex(encode(run::JournalRecord{batch})),
      "1a6d0a090a027231100218ac02120262311801220508ad0210012a0508af02100232016c380140144a200000000000000000000000000000"
      "00000000000000000000000000000000000052056373762d315a026c316205656d61696c680272036163748001b8178a01026b31920100");
}

TEST(GoldenBytes, OfQuotaBlock) {
  const run::QuotaBlock quota{
      .application = {"a1"}, .day = std::chrono::year{2026} / std::chrono::March / 1, .reserved = 50};
  EXPECT_EQ(hex(encode(run::JournalRecord{quota})), "220a0a02613110a1a0011832");
}

TEST(GoldenBytes, OfRefreshIntent) {
  run::RefreshIntent intent;
  intent.application = {"a1"};
  intent.connection_id = {"c1"};
  intent.grant_id = {"g1"};
  intent.generation = 4;
  intent.at = at(3000);
  EXPECT_EQ(hex(encode(run::JournalRecord{intent})), "2a130a026131120263311a026731200428b8173001");
}

TEST(GoldenBytes, OfStoredToken) {
  const run::StoredToken token{.name = {{"a1"}, {"c1"}, {"g1"}, 4},
                               .sealed = {.key_id = "k", .nonce = "n", .ciphertext = "t"},
                               .stored_at = at(1000),
                               .access_expires_at = at(2000)};
  EXPECT_EQ(hex(encode(token)), "0a026131120263311a02673120042a016b32016e3a017440e80748d00f");
}

TEST(GoldenBytes, OfTokenSecret) {
  EXPECT_EQ(hex(encode(run::TokenSecret{.access_token = "a", .refresh_token = "r", .scope = "s"})),
            "0a01611201721a0173");
}

}  // namespace
}  // namespace wire
