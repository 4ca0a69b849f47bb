#include <algorithm>
#include <array>
#include <vector>

#include <gtest/gtest.h>

#include "unit/wire/bytes.hpp"
#include "unit/wire/generated_reader.hpp"
#include "wire/control.hpp"
#include "wire/credentials.hpp"
#include "wire/decided.hpp"
#include "wire/input.hpp"
#include "wire/journal.hpp"
#include "wire/result.hpp"

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

/// Every field set, each to another value.
run::ExportJob full_job() {
  run::ExportJob full = job();
  full.export_name = "E";
  full.trigger = run::Trigger::on_demand;
  full.requested_by = "by";
  full.segments[0].expected_members = 7;
  full.over_cap = run::OverCap::hold;
  full.older_run = run::OlderRun::queue;
  full.incomplete = run::Incomplete::discard;
  full.consent_reference = "cr";
  full.refresh_id = "f1";
  full.created_at = at(900);
  full.redrive_of = {"r0"};
  full.create_missing_fields = true;
  return full;
}

run::ResultEvent event(decltype(run::ResultEvent::what) what) {
  return {.instance = instance,
          .sequence = 4,
          .at = at(6000),
          .export_id = {"e1"},
          .export_name = "E",
          .connection_id = {"c1"},
          .application = {"a1"},
          .refresh_id = "f1",
          .what = std::move(what)};
}

/// The bytes that a value is written as, which must read as that value. `Record`: what the reader gives.
template <class Record, class Kind>
std::string written_as(const Kind& kind, Result<Record> (*decode)(std::string_view)) {
  const std::string bytes = encode(kind);
  const auto read = decode(bytes);
  EXPECT_TRUE(read && *read == Record{kind});
  return hex(bytes);
}

template <class Kind>
std::string written_decided(const Kind& decided) {
  return written_as<run::Decided>(decided, decode_decided);
}
template <class Kind>
std::string written_reject(const Kind& reject) {
  return written_as<RejectRecord>(reject, decode_reject);
}
std::string written(const run::ControlRecord& record) { return written_as<run::ControlRecord>(record, decode_control); }
std::string written(const run::JournalRecord& record) { return written_as<run::JournalRecord>(record, decode_journal); }
std::string written(const run::ResultEvent& event) { return written_as<run::ResultEvent>(event, decode_result); }
std::string written(const run::StoredToken& token) { return written_as<run::StoredToken>(token, decode_token); }
std::string written(const run::TokenSecret& secret) { return written_as<run::TokenSecret>(secret, decode_secret); }

/// The bytes of a record of members or an end, which both readers must read the same.
std::string read_twice(const std::string& bytes) {
  InputReader reader;
  const auto read = reader.read(bytes);
  EXPECT_TRUE(read && content_of(*read) == read_by_generated_classes(bytes));
  return hex(bytes);
}

const std::array<contact::Attribute, 2> attributes{{{"EMail", "p@example.com"}, {"Shoe", "44"}}};

// A record that was written yesterday must be read tomorrow: these bytes never change.

TEST(GoldenBytes, OfExportJob) {
  const std::string bytes = encode_job(full_job());
  EXPECT_EQ(std::get<run::ExportJob>(InputReader{}.read(bytes).value()), full_job());
  EXPECT_EQ(hex(bytes),
            "0a710a027231120265311a0145220263312a02613130033a02627942026c314a2a0a05454d61696c12130a054669727374120a66"
            "697273745f6e616d65120c0a0453686f651a0473686f6552090a027331120153180758056003680270027a026372820102663188"
            "0184079201027230980101");
}

TEST(GoldenBytes, OfSegmentMember) {
  EXPECT_EQ(read_twice(encode_member("r1", "s1", "p1", attributes)),
            "12300a027231120273311a02703122160a05454d61696c120d70406578616d706c652e636f6d220a0a0453686f6512023434");
}

TEST(GoldenBytes, OfSegmentMembers) {
  MembersWriter writer{"r1", "s1"};
  writer.add("p1", attributes);
  writer.add("p2", {});
  EXPECT_EQ(read_twice(writer.finish()),
            "1a380a027231120273311a280a02703112160a05454d61696c120d70406578616d706c652e636f6d120a0a0453686f6512023434"
            "1a040a027032");
}

TEST(GoldenBytes, OfSegmentEnd) {
  EXPECT_EQ(read_twice(encode_segment_end("r1", "s1", 2)), "220a0a027231120273311802");
  EXPECT_EQ(read_twice(encode_segment_end("r1", "s1", 0)), "220a0a027231120273311800");
  EXPECT_EQ(read_twice(encode_segment_end("r1", "s1", std::nullopt)), "22080a02723112027331");
}

TEST(GoldenBytes, OfTick) { EXPECT_EQ(read_twice(encode_tick()), "2a00"); }

TEST(GoldenBytes, OfLayout) {
  EXPECT_EQ(written(run::Layout{.topics = {{.name = "t", .partitions = 6, .incarnation = 2, .topic_id = "i"}}}),
            "0a0c0a0a0a017410061802220169");
}

TEST(GoldenBytes, OfConnection) {
  EXPECT_EQ(written(run::Connection{.id = {"c1"},
                                    .name = "C",
                                    .application = {"a1"},
                                    .grant_id = {"g1"},
                                    .consent = run::Consent{.given_by = "by", .given_at = at(800), .text = "t"},
                                    .account_id = {"acc"},
                                    .created_at = at(900),
                                    .allow_shared_account = true}),
            "12250a0263311201431a026131220267312a0a0a02627910a0061a017432036163633884074001");
}

TEST(GoldenBytes, OfPause) {
  EXPECT_EQ(written(run::Pause{.scope = run::PauseScope::connection, .id = "c1", .paused_by = "by", .why = "w"}),
            "1a0d0801120263311a026279220177");
  EXPECT_EQ(written(run::Pause{.scope = run::PauseScope::export_, .id = "e1", .paused_by = "by", .why = "w"}),
            "1a0d0802120265311a026279220177");
  EXPECT_EQ(written(run::Pause{.scope = run::PauseScope::application, .id = "a1", .paused_by = "by", .why = "w"}),
            "1a0d0803120261311a026279220177");
}

TEST(GoldenBytes, OfCancelRun) {
  EXPECT_EQ(written(run::CancelRun{.instance = instance, .canceled_by = "by", .why = "w"}),
            "22120a090a027231100218ac02120262791a0177");
}

TEST(GoldenBytes, OfReleaseRun) {
  EXPECT_EQ(written(run::ReleaseRun{.instance = instance, .released_by = "by"}), "2a0f0a090a027231100218ac0212026279");
}

TEST(GoldenBytes, OfRequest) {
  using enum run::Question;
  EXPECT_EQ(written(run::Request{.id = "q1", .application = {"a1"}, .connection_id = {"c1"}, .what = check_connection}),
            "320e0a027131120261311a0263312001");
  EXPECT_EQ(written(run::Request{.id = "q1", .application = {"a1"}, .connection_id = {"c1"}, .what = list_lists}),
            "320e0a027131120261311a0263312002");
  EXPECT_EQ(
      written(run::Request{.id = "q1", .application = {"a1"}, .connection_id = {"c1"}, .what = list_custom_fields}),
      "320e0a027131120261311a0263312003");
}

TEST(GoldenBytes, OfRunOpened) {
  run::RunOpened opened;
  opened.instance = instance;
  opened.job = job();
  opened.job_at = at(1000);
  opened.rule_set = "rs";
  opened.trace_parent = "tp";
  EXPECT_EQ(
      written_decided(opened),
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
  EXPECT_EQ(written_decided(range),
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
  EXPECT_EQ(written_decided(sealed),
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
  EXPECT_EQ(written(run::JournalRecord{owner}), "0a1a0a026b311206686f73743a3118b0ea012001280930e80738904e");
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
  EXPECT_EQ(written(run::JournalRecord{run}),
            "12380a090a027231100218ac02120265311a0263312202613128e807308827380340024a07081e10031a016450dc0b82010508af02"
            "1002980107");
}

TEST(GoldenBytes, OfRunStateThatHoldsItsIndex) {
  run::RunState run;
  run.instance = instance;
  run.status = run::RunStatus::skipped;
  run.account_id = {"acc"};
  run.grant_id = {"g1"};
  run.has_intent = true;
  run.first_sent_at = at(3000);
  run.requests = 6;
  run.warnings = {{run::Reason::late, "w"}};
  run.opened_at_offset = 7;
  run::JournalledIndex index;
  index.opened.instance = instance;
  index.opened.job = full_job();
  index.ranges = {{.outbox_offset = 8,
                   .prev = {300, 0},
                   .first = {301, 1},
                   .last = {303, 2},
                   .rows = 4,
                   .rejects = 3,
                   .bytes = 99}};
  index.sealed.instance = instance;
  index.sealed.prev = {303, 2};
  index.sealed.at = {304, 0};
  index.sealed.unknown_segments = {.received = 1, .invalid = 1};
  run.index = index;
  run.stopping = true;
  run.refers_to = run::RunInstance{{"r0"}, 2, 100};
  run.redrive_of = {"r9"};
  run.finished = true;
  run.finished_at = at(8000);
  EXPECT_EQ(written(run::JournalRecord{run}),
            "1289020a090a027231100218ac0240074a005a0361636362026731680170b81778068a0107082610031a017792011b0808120308"
            "ac021a0508ad021001220508af021002280430633803980107a201210a090a027231100218ac02120508af0210021a0308b00220"
            "012a00520408011801a80101b201080a02723010021864b80101c001c03eca017e0a090a027231100218ac0212710a0272311202"
            "65311a0145220263312a02613130033a02627942026c314a2a0a05454d61696c12130a054669727374120a66697273745f6e616d"
            "65120c0a0453686f651a0473686f6552090a027331120153180758056003680270027a0263728201026631880184079201027230"
            "980101d201027239");
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
      written(run::JournalRecord{batch}),
      "1a6d0a090a027231100218ac02120262311801220508ad0210012a0508af02100232016c380140144a200000000000000000000000000000"
      "00000000000000000000000000000000000052056373762d315a026c316205656d61696c680272036163748001b8178a01026b31920100");
}

TEST(GoldenBytes, OfBatchStateThatEnded) {
  run::BatchState batch;
  batch.instance = instance;
  batch.batch_id = {"b1"};
  batch.attempt = 2;
  batch.body_sha256.fill(0xab);
  batch.phase = run::BatchPhase::ended;
  batch.account_id = {"acc"};
  batch.counts = {.imported = 1, .unsubscribed = 2, .refused = 3, .failed = 4, .unknown = 5, .not_sent = 6};
  batch.reason = run::Reason::shortfall;
  batch.possible_duplicate = true;
  batch.submitted_at = at(4000);
  batch.ended_at = at(5000);
  batch.sequence = 7;
  batch.activity_state = "completed";
  batch.detail = "d";
  EXPECT_EQ(written(run::JournalRecord{batch}),
            "1a84010a090a027231100218ac02120262311802220b08ffffffffffffffffff012a0b08ffffffffffffffffff014a20abababab"
            "abababababababababababababababababababababababababababab68037a0361636392010c0801100218032004280530069801"
            "4aa00101a801a01fb0018827b80107c20109636f6d706c65746564ca010164");
}

TEST(GoldenBytes, OfQuotaBlock) {
  const run::QuotaBlock quota{
      .application = {"a1"}, .day = std::chrono::year{2026} / std::chrono::March / 1, .reserved = 50};
  EXPECT_EQ(written(run::JournalRecord{quota}), "220a0a02613110a1a0011832");
}

TEST(GoldenBytes, OfRefreshIntent) {
  run::RefreshIntent intent;
  intent.application = {"a1"};
  intent.connection_id = {"c1"};
  intent.grant_id = {"g1"};
  intent.generation = 4;
  intent.at = at(3000);
  EXPECT_EQ(written(run::JournalRecord{intent}), "2a130a026131120263311a026731200428b8173001");
}

TEST(GoldenBytes, OfStoredToken) {
  const run::StoredToken token{.name = {{"a1"}, {"c1"}, {"g1"}, 4},
                               .sealed = {.key_id = "k", .nonce = "n", .ciphertext = "t"},
                               .stored_at = at(1000),
                               .access_expires_at = at(2000)};
  EXPECT_EQ(written(token), "0a026131120263311a02673120042a016b32016e3a017440e80748d00f");
}

TEST(GoldenBytes, OfTokenSecret) {
  EXPECT_EQ(written((run::TokenSecret{.access_token = "a", .refresh_token = "r", .scope = "s"})), "0a01611201721a0173");
}

TEST(GoldenBytes, OfRunChanged) {
  EXPECT_EQ(written(event(run::RunChanged{.status = run::RunStatus::retrying,
                                          .reason = {run::Reason::daily_quota, "d"},
                                          .since = at(5000),
                                          .released_by = "midnight",
                                          .next_look_at = at(7000),
                                          .deadline = at(9000),
                                          .rows_accepted = 30,
                                          .rows_sent = 20,
                                          .rows_ended = 10})),
            "0a090a027231100218ac02100418f02e220265312a0145320263313a02613142026631522408041207081f10031a016418882722"
            "086d69646e6967687428d83630a846381e4014480a");
}

TEST(GoldenBytes, OfRunCompleted) {
  run::Receipt receipt;
  receipt.decided = {.received = 21, .accepted = 6, .invalid = 5, .duplicate = 4, .over_cap = 3, .undecodable = 3};
  receipt.delivered = {.imported = 1, .unsubscribed = 2, .refused = 3, .failed = 4, .unknown = 5, .not_sent = 6};
  receipt.segments = {
      {.id = {"s1"}, .name = "S", .decided = {.received = 9}, .expected_members = 8, .members_sent = 9, .ended = true}};
  receipt.reasons = {{.reason = run::Reason::invalid_email, .rule = "missing_at", .members = 5}};
  receipt.batches = {{.batch_id = {"b1"},
                      .attempt = 2,
                      .activity_id = {"act"},
                      .rows = 6,
                      .bytes = 120,
                      .counts = {.imported = 1},
                      .possible_duplicate = true}};
  receipt.requests = 11;
  receipt.cap = 12;
  receipt.job_at = at(1000);
  receipt.sealed_at = at(2000);
  receipt.first_sent_at = at(3000);
  receipt.ended_at = at(4000);
  receipt.unknown_from = run::Position{303, 2};
  EXPECT_EQ(written(event(run::RunCompleted{.status = run::RunStatus::completed_with_warnings,
                                            .reason = {run::Reason::superseded, "d"},
                                            .warnings = {{run::Reason::count_short, "w"}},
                                            .remedy = "m",
                                            .receipt = receipt,
                                            .refers_to = run::RunInstance{{"r0"}, 2, 100}})),
            "0a090a027231100218ac02100418f02e220265312a0145320263313a026131420266315a920108061207082310031a01641a0708"
            "0510011a017722016d2a6f0a0c081510061805200428033003120c0801100218032004280530061a110a0273311201531a020809"
            "2008280930012210080a120a6d697373696e675f617418052a150a02623110021a0361637420062878320208013801300b380c40"
            "e80748d00f50b81758a01f620508af02100232080a02723010021864");
}

TEST(GoldenBytes, OfRequestAnswer) {
  EXPECT_EQ(written(event(run::RequestAnswer{.request_id = "q1",
                                             .ok = true,
                                             .reason = {run::Reason::no_connection, "d"},
                                             .account_id = {"acc"},
                                             .organization_name = "O",
                                             .privileges = {"contacts:write"},
                                             .lists = {{.id = "l1", .name = "L"}},
                                             .custom_fields = {{.id = "f1", .name = "F"}}})),
            "0a090a027231100218ac02100418f02e220265312a0145320263313a0261314202663162390a02713110011a07083410041a0164"
            "22036163632a014f320e636f6e74616374733a77726974653a070a026c3112014c42070a026631120146");
}

TEST(GoldenBytes, OfRejectedMember) {
  EXPECT_EQ(written_reject(run::RejectedMember{.instance = instance,
                                               .position = {302, 1},
                                               .segment_id = {"s1"},
                                               .profile_id = "p1",
                                               .reason = run::Reason::field_too_long,
                                               .rule = "city"}),
            "0a220a090a027231100218ac02120508ae0210011a02733122027031280c320463697479");
}

TEST(GoldenBytes, OfDeadLetter) {
  EXPECT_EQ(written_reject(run::DeadLetter{.topic = "t",
                                           .partition = 2,
                                           .offset = 305,
                                           .lost_until = 309,
                                           .cause = run::DeadCause::lost_span,
                                           .detail = "d",
                                           .key = "k",
                                           .payload = "p",
                                           .payload_bytes = 1,
                                           .payload_sha256 = "h"}),
            "121b0a0174100218b10220b50228053201643a016b4201704801520168");
}

// Enums of ours are written by their order: the number of each, as the byte in which its record differs from the
// others.

template <class Enum, class Write>
std::string numbers(Enum first, Enum last, Write write) {
  std::vector<std::string> records;
  for (int value = static_cast<int>(first); value <= static_cast<int>(last); ++value) {
    records.push_back(write(static_cast<Enum>(value)));
  }
  const auto at = static_cast<std::size_t>(std::ranges::mismatch(records[0], records[1]).in1 - records[0].begin());
  std::string all;
  for (const auto& record : records) all += hex(record.substr(at, 1));
  return all;
}

TEST(GoldenBytes, OfEveryReason) {
  run::RejectedMember member;
  EXPECT_EQ(numbers(run::Reason::waiting_for_members, run::Reason::not_sent,
                    [&member](run::Reason reason) {
                      member.reason = reason;
                      return encode(member);
                    }),
            "0102030405060708090a0b0c0d0e0f1014151617181e1f20212223242526273233343536373839464748494a4b4c5a5b5c5d5e5f"
            "6160");
}

TEST(GoldenBytes, OfEveryReasonClass) {
  using enum run::Reason;
  std::string classes;
  for (const auto reason : {none, rows_rejected, over_cap, rate, no_consent, shortfall, paused}) {
    run::RunChanged changed;
    changed.reason = {reason, {}};
    run::ResultEvent event;
    event.what = changed;
    classes += hex(encode(event)) + ' ';
  }
  EXPECT_EQ(classes,
            "0a00520408011200 0a0052080801120408081001 0a0052080801120408151002 0a00520808011204081e1003 0a0052080801"
            "120408351004 0a00520808011204084a1005 0a00520808011204085a1006 ");
}

TEST(GoldenBytes, OfEveryStatus) {
  run::RunState run;
  EXPECT_EQ(numbers(run::RunStatus::not_started, run::RunStatus::failed,
                    [&run](run::RunStatus status) {
                      run.status = status;
                      return encode(run::JournalRecord{run});
                    }),
            "010203040506070809");
}

TEST(GoldenBytes, OfEveryBatchPhase) {
  run::BatchState batch;
  EXPECT_EQ(numbers(run::BatchPhase::intent, run::BatchPhase::refused,
                    [&batch](run::BatchPhase phase) {
                      batch.phase = phase;
                      return encode(run::JournalRecord{batch});
                    }),
            "010203040506");
}

TEST(GoldenBytes, OfEverySealCause) {
  run::RunSealed sealed;
  EXPECT_EQ(numbers(run::SealCause::all_segments_ended, run::SealCause::input_lost,
                    [&sealed](run::SealCause cause) {
                      sealed.cause = cause;
                      return encode(sealed);
                    }),
            "0102030405");
}

TEST(GoldenBytes, OfEveryDeadCause) {
  run::DeadLetter letter;
  EXPECT_EQ(numbers(run::DeadCause::unreadable, run::DeadCause::lost_span,
                    [&letter](run::DeadCause cause) {
                      letter.cause = cause;
                      return encode(letter);
                    }),
            "0102030405");
}

TEST(GoldenBytes, OfEveryChoiceOfAJob) {
  const auto numbers_of = [](auto last, auto member) {
    return numbers(decltype(last){}, last, [member](auto value) {
      run::ExportJob changed = job();
      changed.*member = value;
      return encode_job(changed);
    });
  };
  EXPECT_EQ(numbers_of(run::Trigger::on_demand, &run::ExportJob::trigger), "010203");
  EXPECT_EQ(numbers_of(run::OverCap::hold, &run::ExportJob::over_cap), "010203");
  EXPECT_EQ(numbers_of(run::OlderRun::queue, &run::ExportJob::older_run), "0102");
  EXPECT_EQ(numbers_of(run::Incomplete::discard, &run::ExportJob::incomplete), "0102");
}

}  // namespace
}  // namespace wire
