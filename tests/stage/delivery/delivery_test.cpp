#include "delivery/delivery.hpp"

#include <algorithm>
#include <map>
#include <set>

#include <gtest/gtest.h>

#include "stage/delivery/delivery_world.hpp"
#include "wire/control.hpp"
#include "wire/credentials.hpp"
#include "wire/result.hpp"

namespace delivery {
namespace {

using namespace std::chrono_literals;
using run::Reason;
using run::RunStatus;
using Fate = support::FakeVendor::Fate;

class DeliveryStage : public ::testing::Test {
 protected:
  DeliveryStage() {
    world.add_connection();
    world.add_token();
  }
  std::size_t sent(const std::string& file_name) const {
    return static_cast<std::size_t>(std::count_if(world.vendor.imports.begin(), world.vendor.imports.end(),
                                                  [&](const auto& seen) { return seen.file_name == file_name; }));
  }
  static bool warns(const run::RunCompleted& completed, Reason reason) {
    return std::any_of(completed.warnings.begin(), completed.warnings.end(),
                       [&](const run::ReasonNote& note) { return note.reason == reason; });
  }

  World world;
};

TEST_F(DeliveryStage, EndsAWholeRunWithAReceiptThatAddsUp) {
  world.write({.rows = 2'500, .invalid = 7});
  auto& process = world.start();
  ASSERT_TRUE(world.until_completed("run-1", 10min));
  const auto completed = *world.completed("run-1");
  EXPECT_EQ(completed.receipt.delivered.imported, 2'500U);
  EXPECT_EQ(completed.receipt.decided.received, 2'507U);
  EXPECT_TRUE(completed.receipt.adds_up());
  EXPECT_EQ(world.kafka.read_all(support::topic::rejects).size(), 7U);
  EXPECT_EQ(world.vendor.rows_taken(), 2'500U);
  EXPECT_TRUE(process.delivery.settled());
  EXPECT_TRUE(world.drain(process));
  EXPECT_EQ(process.failure, nullptr);
}

TEST_F(DeliveryStage, CallsARunWithoutWarningsSuccessful) {
  TestRun run{.rows = 50};
  world.write(run);
  world.start();
  ASSERT_TRUE(world.until_completed("run-1", 10min));
  // The test's cap is the number of its people, which is near the cap.
  EXPECT_EQ(world.completed("run-1")->status, RunStatus::completed_with_warnings);
  EXPECT_TRUE(warns(*world.completed("run-1"), Reason::near_cap));
  EXPECT_EQ(world.completed("run-1")->warnings.size(), 1U);
}

TEST_F(DeliveryStage, CutsALargeRunIntoBatchesThatFollowEachOther) {
  world.settings.packing.max_rows = 100;
  world.write({.rows = 1'050, .rows_per_range = 333});
  world.start();
  ASSERT_TRUE(world.until_completed("run-1", 1h));
  EXPECT_EQ(world.vendor.imports.size(), 11U);
  EXPECT_EQ(world.completed("run-1")->receipt.delivered.imported, 1'050U);
}

TEST_F(DeliveryStage, SendsNothingOfARunAboveACapThatSkips) {
  world.write({.rows = 10, .over_cap = 5});
  world.start();
  ASSERT_TRUE(world.until_completed("run-1", 10min));
  const auto completed = *world.completed("run-1");
  EXPECT_EQ(completed.status, RunStatus::skipped);
  EXPECT_EQ(completed.reason.reason, Reason::over_cap);
  EXPECT_EQ(completed.receipt.delivered.not_sent, 10U);
  EXPECT_TRUE(world.vendor.imports.empty());
  const auto events = world.events("run-1");
  ASSERT_GE(events.size(), 2U);
  EXPECT_LT(events.back().at - events.at(events.size() - 2).at, 1s);
}

TEST_F(DeliveryStage, SendsTheFirstOfARunAboveACapThatTruncates) {
  world.write({.rows = 10, .over_cap = 5, .policy = run::OverCap::truncate});
  world.start();
  ASSERT_TRUE(world.until_completed("run-1", 10min));
  const auto completed = *world.completed("run-1");
  EXPECT_EQ(completed.receipt.delivered.imported, 10U);
  EXPECT_TRUE(warns(completed, Reason::truncated_at_cap));
  EXPECT_EQ(world.vendor.rows_taken(), 10U);
}

TEST_F(DeliveryStage, SendsFullBatchesOfATruncatingRunBeforeItsSeal) {
  world.settings.packing.max_rows = 100;
  world.write({.rows = 200, .policy = run::OverCap::truncate, .sealed = false});
  world.start();
  world.time.run_for(5min);
  EXPECT_EQ(world.vendor.rows_taken(), 200U);
}

TEST_F(DeliveryStage, AdoptsAnImportWhoseAnswerWasLost) {
  world.vendor.fates = {Fate::taken_but_no_answer};
  world.write({});
  world.start();
  ASSERT_TRUE(world.until_completed("run-1", 20min));
  EXPECT_EQ(world.vendor.imports.size(), 1U);
  EXPECT_EQ(world.completed("run-1")->receipt.delivered.imported, 3U);
  EXPECT_FALSE(warns(*world.completed("run-1"), Reason::possible_duplicate));
}

TEST_F(DeliveryStage, SendsAnImportAgainThatWasAbsentTwice) {
  world.vendor.fates = {Fate::lost};
  world.write({});
  world.start();
  ASSERT_TRUE(world.until_completed("run-1", 20min));
  ASSERT_EQ(world.vendor.imports.size(), 2U);
  EXPECT_NE(world.vendor.imports[0].file_name, world.vendor.imports[1].file_name);
  EXPECT_GE(world.vendor.imports[1].at - world.vendor.imports[0].at, 180s);
  // The vendor's last listing shows the second attempt under its name, and no first one.
  EXPECT_FALSE(warns(*world.completed("run-1"), Reason::possible_duplicate));
  EXPECT_EQ(world.completed("run-1")->receipt.delivered.imported, 3U);
}

TEST_F(DeliveryStage, ReportsAnImportThatTheVendorHoldsTwice) {
  world.vendor.fates = {Fate::taken_late};
  world.vendor.import_takes = 5min;
  world.write({});
  world.start();
  ASSERT_TRUE(world.until_completed("run-1", 30min));
  ASSERT_EQ(world.vendor.imports.size(), 2U);
  EXPECT_TRUE(warns(*world.completed("run-1"), Reason::possible_duplicate));
  EXPECT_EQ(world.completed("run-1")->receipt.delivered.imported, 3U);
}

TEST_F(DeliveryStage, GivesUpAnImportWhoseNameProvesNothingAfterOneMoreTry) {
  world.vendor.fates = {Fate::lost, Fate::lost};
  world.write({});
  world.start();
  ASSERT_TRUE(world.until_completed("run-1", 1h));
  EXPECT_EQ(world.vendor.imports.size(), 2U);
  EXPECT_EQ(world.completed("run-1")->receipt.delivered.unknown, 3U);
}

TEST_F(DeliveryStage, SendsAnImportWithoutANameOnceMoreAtMost) {
  world.write({.id = "named", .job_offset = 100});
  auto& first = world.start();
  ASSERT_TRUE(world.until_completed("named", 10min));
  ASSERT_TRUE(world.drain(first));
  world.names_imports = false;
  world.vendor.fates = {Fate::taken_but_no_answer, Fate::taken_but_no_answer};
  world.write({.id = "unnamed", .job_offset = 200, .job_at = support::VirtualTime::default_start - 30min});
  world.start();
  ASSERT_TRUE(world.until_completed("unnamed", 1h));
  // That the listing shows the first run's name proves nothing here.
  ASSERT_EQ(world.vendor.imports.size(), 3U);
  EXPECT_GE(world.vendor.imports[2].at - world.vendor.imports[1].at, 180s);
  EXPECT_EQ(world.completed("unnamed")->receipt.delivered.unknown, 3U);
}

TEST_F(DeliveryStage, SendsABatchAgainInTheFormThatItHad) {
  world.names_imports = false;
  world.vendor.fates = {Fate::lost};
  world.write({.id = "begun", .job_offset = 100});
  auto& first = world.start();
  ASSERT_TRUE(world.time.run_until([&] { return !world.vendor.imports.empty(); }, 10min));
  world.kill(first);
  world.names_imports = true;
  world.start();
  ASSERT_TRUE(world.until_completed("begun", 1h));
  world.write({.id = "new", .job_offset = 200, .job_at = support::VirtualTime::default_start - 30min});
  ASSERT_TRUE(world.until_completed("new", 1h));
  ASSERT_EQ(world.vendor.imports.size(), 3U);
  EXPECT_EQ(world.vendor.imports[1].form, "unnamed");
  EXPECT_EQ(world.vendor.imports[2].form, "named");
  EXPECT_TRUE(warns(*world.completed("begun"), Reason::possible_duplicate));
}

TEST_F(DeliveryStage, SaysWhyNothingIsKnownOfWhatItSent) {
  world.vendor.import_takes = 1h;
  world.vendor.listing_fails = Error{NextStep::retry, Reason::vendor_unavailable, "status 503", {}};
  world.write({});
  world.start();
  const auto stands = [&](RunStatus status, Reason reason) {
    const auto events = world.events("run-1");
    const auto* changed = events.empty() ? nullptr : std::get_if<run::RunChanged>(&events.back().what);
    return changed != nullptr && changed->status == status && changed->reason.reason == reason &&
           changed->next_look_at > world.clock.now();
  };
  ASSERT_TRUE(world.time.run_until([&] { return stands(RunStatus::retrying, Reason::vendor_unavailable); }, 10min));
  const auto told = world.events("run-1").size();
  world.time.run_for(20min);
  EXPECT_EQ(world.events("run-1").size(), told);
  world.vendor.listing_fails.reset();
  ASSERT_TRUE(world.time.run_until(
      [&] {
        const auto events = world.events("run-1");
        const auto* changed = std::get_if<run::RunChanged>(&events.back().what);
        return changed != nullptr && changed->status == RunStatus::processing && changed->reason.reason == Reason::none;
      },
      10min));
  ASSERT_TRUE(world.until_completed("run-1", 2h));
  EXPECT_EQ(world.completed("run-1")->receipt.delivered.imported, 3U);
}

TEST_F(DeliveryStage, SaysWhyItCannotFindOutWhetherAnImportWasTaken) {
  world.vendor.fates = {Fate::taken_but_no_answer};
  world.vendor.listing_fails = Error{NextStep::park, Reason::needs_authorisation, "status 401", {}};
  world.write({});
  world.start();
  const auto waits = [&] {
    const auto events = world.events("run-1");
    const auto* changed = events.empty() ? nullptr : std::get_if<run::RunChanged>(&events.back().what);
    return changed != nullptr && changed->status == RunStatus::retrying &&
           changed->reason.reason == Reason::needs_authorisation;
  };
  ASSERT_TRUE(world.time.run_until(waits, 10min));
  world.vendor.listing_fails.reset();
  ASSERT_TRUE(world.until_completed("run-1", 20min));
  EXPECT_EQ(world.vendor.imports.size(), 1U);
}

TEST_F(DeliveryStage, EndsARefusedBatchAsFailed) {
  world.vendor.fates = {Fate::refused};
  world.write({});
  world.start();
  ASSERT_TRUE(world.until_completed("run-1", 10min));
  const auto completed = *world.completed("run-1");
  EXPECT_EQ(completed.status, RunStatus::failed);
  EXPECT_EQ(completed.reason.reason, Reason::import_refused);
  EXPECT_EQ(completed.receipt.delivered.failed, 3U);
  EXPECT_TRUE(completed.receipt.adds_up());
}

TEST_F(DeliveryStage, PublishesRejectsWhileItsPeopleAreOnTheirWay) {
  world.vendor.import_takes = 10min;
  world.write({.invalid = 7});
  world.start();
  ASSERT_TRUE(world.time.run_until([&] { return !world.vendor.imports.empty(); }, 10min));
  world.time.run_for(1min);
  EXPECT_FALSE(world.completed("run-1"));
  EXPECT_EQ(world.kafka.read_all(support::topic::rejects).size(), 7U);
  ASSERT_TRUE(world.until_completed("run-1", 1h));
  EXPECT_EQ(world.kafka.read_all(support::topic::rejects).size(), 7U);
}

TEST_F(DeliveryStage, EndsARunWhoseListDoesNotExist) {
  world.vendor.lists.clear();
  world.write({});
  world.start();
  ASSERT_TRUE(world.until_completed("run-1", 10min));
  const auto completed = *world.completed("run-1");
  EXPECT_EQ(completed.status, RunStatus::failed);
  EXPECT_EQ(completed.reason.reason, Reason::list_missing);
  EXPECT_EQ(completed.reason.detail, "list list-1 does not exist");
  EXPECT_EQ(completed.receipt.delivered.not_sent, 3U);
  EXPECT_TRUE(world.vendor.imports.empty());
}

TEST_F(DeliveryStage, EndsARunWhoseListIsDeletedMeanwhile) {
  world.settings.packing.max_rows = 2;
  world.settings.parallel_batches = 1;
  world.vendor.fates = {Fate::taken, Fate::refused};
  world.vendor.refusal = {NextStep::park, Reason::list_missing, "404", {}};
  world.write({});
  world.start();
  ASSERT_TRUE(world.time.run_until([&] { return world.vendor.imports.size() == 2; }, 10min));
  world.vendor.lists.clear();
  ASSERT_TRUE(world.until_completed("run-1", 30min));
  const auto completed = *world.completed("run-1");
  EXPECT_EQ(completed.status, RunStatus::failed);
  EXPECT_EQ(completed.reason.reason, Reason::list_missing);
  EXPECT_EQ(completed.receipt.delivered.imported, 2U);
  EXPECT_EQ(completed.receipt.delivered.not_sent, 1U);
  EXPECT_TRUE(completed.receipt.adds_up());
}

TEST_F(DeliveryStage, WaitsAndAdoptsAfterACrashInsteadOfRepeating) {
  world.vendor.fates = {Fate::taken_but_no_answer};
  world.write({});
  auto& first = world.start();
  ASSERT_TRUE(world.time.run_until([&] { return !world.vendor.imports.empty(); }, 10min));
  world.kill(first);
  auto& second = world.start();
  ASSERT_TRUE(world.until_completed("run-1", 1h));
  EXPECT_EQ(world.vendor.imports.size(), 1U);
  EXPECT_EQ(world.completed("run-1")->receipt.delivered.imported, 3U);
  EXPECT_TRUE(world.drain(second));
}

TEST_F(DeliveryStage, MakesNoRequestWithoutACommittedLease) {
  world.vendor.import_takes = 24h;
  world.write({});
  auto& process = world.start();
  ASSERT_TRUE(world.time.run_until([&] { return world.vendor.collection_calls > 0; }, 10min));
  process.journal.stalled = true;
  world.time.run_for(world.settings.lease);
  const auto before = world.vendor.calls;
  world.time.run_for(1h);
  EXPECT_EQ(world.vendor.calls, before);
}

TEST_F(DeliveryStage, StoresAFreshTokenBeforeItIsUsed) {
  world.write({});
  world.start();
  const auto stored = [&] {
    const auto records = world.kafka.read_all(support::topic::credentials);
    return std::any_of(records.begin(), records.end(), [](const auto& stored) {
      const auto token = stored.record.value ? wire::decode_token(*stored.record.value) : wire::Unreadable{};
      return token && token->name.generation == 1;
    });
  };
  while (world.vendor.calls == 0 && world.time.elapsed() < 10min) {
    EXPECT_TRUE(world.vendor.tokens_seen.empty());
    world.time.run_for(10ms);
  }
  EXPECT_TRUE(stored());
  ASSERT_TRUE(world.until_completed("run-1", 10min));
  EXPECT_EQ(world.vendor.tokens_seen, std::set<std::string>{"access-1"});
  EXPECT_EQ(world.token_host.calls, 1U);
}

TEST_F(DeliveryStage, EndsAnOlderRunThatWaitsWhenANewerOneIsSent) {
  world.write({.id = "old", .job_offset = 100, .over_cap = 1, .policy = run::OverCap::hold});
  world.start();
  world.time.run_for(5min);
  ASSERT_FALSE(world.completed("old"));
  world.write({.id = "new", .job_offset = 200, .job_at = support::VirtualTime::default_start - 30min});
  ASSERT_TRUE(world.until_completed("new", 20min));
  ASSERT_TRUE(world.until_completed("old", 20min));
  EXPECT_EQ(world.completed("old")->status, RunStatus::skipped);
  EXPECT_EQ(world.completed("old")->reason.reason, Reason::superseded);
  EXPECT_EQ(world.completed("old")->receipt.delivered.not_sent, 3U);
}

TEST_F(DeliveryStage, WaitsForMidnightWhenTheDaysCallsAreSpent) {
  // A claim that is lost over a slow broker wastes its block of calls, which here is the whole day's.
  support::KafkaDelays quick;
  quick.slow_share = 0;
  World calm{7, quick};
  calm.add_connection();
  calm.add_token();
  calm.settings.quota.calls_per_day = 23;
  calm.settings.quota.block = 23;
  calm.settings.quota.resolve_share = 20.1 / 23;  // Three calls of a day are for sending: one run's.
  calm.settings.quota.on_demand_share = 0;
  calm.write({.id = "first", .export_id = "export-1", .job_offset = 100});
  calm.write({.id = "second", .export_id = "export-2", .job_offset = 200});
  calm.start();
  // The calls that are left for polling are spread over the day.
  ASSERT_TRUE(calm.until_completed("first", 2h));
  calm.time.run_for(12h);
  EXPECT_FALSE(calm.completed("second"));
  const auto events = calm.events("second");
  EXPECT_EQ(std::get<run::RunChanged>(events.back().what).reason.reason, Reason::daily_quota);
  ASSERT_TRUE(calm.until_completed("second", 5h));
  EXPECT_GE(calm.vendor.imports.back().at, std::chrono::ceil<std::chrono::days>(support::VirtualTime::default_start));
}

TEST_F(DeliveryStage, SkipsASecondInstanceOfAKnownRun) {
  world.write({});
  world.start();
  ASSERT_TRUE(world.until_completed("run-1", 10min));
  world.write({.job_offset = 500});
  world.time.run_for(5min);
  EXPECT_EQ(world.completed("run-1")->status, RunStatus::skipped);
  EXPECT_EQ(world.completed("run-1")->reason.reason, Reason::repeated_run);
  EXPECT_EQ(world.vendor.imports.size(), 1U);
}

TEST_F(DeliveryStage, CommitsPastRunsThatAreFinished) {
  world.write({});
  auto& process = world.start();
  ASSERT_TRUE(world.until_completed("run-1", 10min));
  world.time.run_for(30s);
  const auto committed = world.kafka.group(support::topic::decided).committed(0);
  ASSERT_TRUE(committed);
  EXPECT_EQ(committed->offset, world.kafka.log(support::topic::decided, 0).end());
  EXPECT_TRUE(world.drain(process));
}

TEST_F(DeliveryStage, SaysWhyAPartitionCannotBeTakenOver) {
  world.kafka.set_faults({.failing_calls = 1});
  auto& process = world.start();
  const auto& told = process.observer.alarms[Alarm::claim_fails];
  ASSERT_TRUE(world.time.run_until([&] { return !told.empty(); }, 10min));
  EXPECT_EQ(told.front(), "the broker does not answer");
  world.kafka.set_faults({});
  EXPECT_TRUE(world.time.run_until([&] { return process.delivery.settled(); }, 10min));
}

TEST_F(DeliveryStage, TellsHowTheRunsStandThatItTakesOver) {
  world.vendor.import_takes = 1h;
  world.write({});
  auto& first = world.start();
  ASSERT_TRUE(world.time.run_until([&] { return world.vendor.collection_calls > 0; }, 10min));
  world.kill(first);
  auto& second = world.start();
  ASSERT_TRUE(world.time.run_until([&] { return second.delivery.settled(); }, 10min));
  ASSERT_EQ(second.observer.restored.size(), 1U);
  const auto& stands = std::get<run::RunChanged>(second.observer.restored[0].what);
  EXPECT_EQ(stands.status, RunStatus::processing);
  EXPECT_EQ(stands.rows_accepted, 3U);
  EXPECT_EQ(stands.rows_sent, 3U);
}

TEST_F(DeliveryStage, DoesNothingWhileAnOrderCannotBeRead) {
  auto& process = world.start();
  ASSERT_TRUE(world.time.run_until([&] { return process.delivery.settled(); }, 10min));
  const auto& bad =
      world.kafka.append(support::topic::control, {"pause/application/application-1", "of a later release \xff", {}});
  const auto partition = world.kafka.partition_of(support::topic::control, bad.record.key);
  const auto where = std::to_string(partition) + ":" + std::to_string(bad.offset);
  world.time.run_for(1min);
  EXPECT_FALSE(process.delivery.settled());
  EXPECT_EQ(process.observer.claims[0], ClaimPhase::alarmed);
  EXPECT_EQ(process.observer.alarms[Alarm::unreadable_record].front(), "export-control:" + where);
  world.write({});
  world.time.run_for(1h);
  EXPECT_EQ(world.vendor.calls, 0U);
  world.kafka.append(support::topic::control, {"pause/application/application-1", std::nullopt, {}});
  ASSERT_TRUE(world.until_completed("run-1", 20min));
  EXPECT_EQ(world.vendor.imports.size(), 1U);
}

TEST_F(DeliveryStage, HaltsAPartitionAtARecordThatItCannotRead) {
  world.write({});
  auto& process = world.start();
  ASSERT_TRUE(world.until_completed("run-1", 10min));
  world.kafka.append(support::topic::decided, {"application-1", "of a later release \xff", {}});
  world.write({.id = "run-2", .job_offset = 300});
  world.time.run_for(10min);
  EXPECT_EQ(process.observer.claims[0], ClaimPhase::alarmed);
  EXPECT_FALSE(process.observer.alarms[Alarm::unreadable_record].empty());
  EXPECT_EQ(world.vendor.imports.size(), 1U);
  EXPECT_FALSE(process.delivery.settled());
  EXPECT_TRUE(world.drain(process));
  EXPECT_EQ(process.observer.claims[0], ClaimPhase::ended);
}

TEST_F(DeliveryStage, TakesOverFromAReleasedOwnerWithoutWaiting) {
  auto& first = world.start();
  ASSERT_TRUE(world.time.run_until([&] { return first.delivery.settled(); }, 10min));
  world.time.run_for(10s);
  ASSERT_TRUE(world.drain(first));
  world.kill(first);
  const auto before = world.time.elapsed();
  auto& second = world.start();
  ASSERT_TRUE(world.time.run_until([&] { return second.delivery.settled(); }, 10min));
  EXPECT_LT(world.time.elapsed() - before, 120s);
}

TEST_F(DeliveryStage, AnswersQuestionsUntilTheyExpire) {
  auto& process = world.start();
  ASSERT_TRUE(world.time.run_until([&] { return process.delivery.settled(); }, 10min));
  const auto ask = [&](const std::string& id, run::Question what) {
    const run::ControlRecord record{run::Request{id, {"application-1"}, {"connection-1"}, what}};
    world.kafka.append(support::topic::control, {wire::key_of(record), wire::encode(record), {}});
  };
  ask("a", run::Question::check_connection);
  ask("b", run::Question::list_lists);
  world.time.run_for(30s);
  std::map<std::string, run::RequestAnswer> answers;
  for (const auto& stored : world.kafka.read_all(support::topic::results)) {
    const auto event = wire::decode_result(*stored.record.value);
    ASSERT_TRUE(event);
    answers[stored.record.key] = std::get<run::RequestAnswer>(event->what);
  }
  EXPECT_EQ(answers.at("request/a").account_id.value, "account-1");
  EXPECT_EQ(answers.at("request/b").lists.size(), 1U);
  EXPECT_TRUE(answers.at("request/b").ok);

  ASSERT_TRUE(world.drain(process));
  world.kill(process);
  ask("c", run::Question::list_lists);
  world.time.run_for(2min);
  world.start();
  world.time.run_for(5min);
  EXPECT_EQ(world.kafka.read_all(support::topic::results).size(), answers.size());
}

TEST_F(DeliveryStage, GivesAPartitionOverToAnotherMember) {
  world.write({});
  auto& first = world.start();
  ASSERT_TRUE(world.until_completed("run-1", 10min));
  auto& second = world.start();
  world.time.run_for(5min);
  world.write({.id = "run-2", .job_offset = 300});
  ASSERT_TRUE(world.until_completed("run-2", 20min));
  EXPECT_TRUE(world.drain(first));
  world.kill(first);
  world.write({.id = "run-3", .job_offset = 600});
  ASSERT_TRUE(world.until_completed("run-3", 20min));
  EXPECT_TRUE(world.drain(second));
  EXPECT_EQ(world.vendor.imports.size(), 3U);
  EXPECT_EQ(first.failure, nullptr);
  EXPECT_EQ(second.failure, nullptr);
}

class DeliveryStageKilled : public ::testing::TestWithParam<std::uint64_t> {};

TEST_P(DeliveryStageKilled, ComesToTheSameEndAtAnyPoint) {
  World world{GetParam()};
  support::SeededRandom random{GetParam()};
  world.add_connection();
  world.add_token();
  world.settings.packing.max_rows = 100;
  world.settings.reject_chunk_records = 7;
  world.vendor.import_takes = 40s;
  world.write({.id = "first", .export_id = "export-1", .job_offset = 100, .rows = 950, .invalid = 40});
  world.write({.id = "second", .export_id = "export-2", .job_offset = 5'000, .rows = 150});
  auto* process = &world.start();
  for (int life = 0; life < 4; ++life) {
    world.time.run_for(random.between(1s, 120s));
    const auto imports = world.vendor.imports.size();
    // Also right at an import.
    world.time.run_until([&] { return random.chance(0.01) || world.vendor.imports.size() > imports; }, 60s);
    world.kill(*process);
    process = &world.start();
  }
  ASSERT_TRUE(world.until_completed("first", 6h));
  ASSERT_TRUE(world.until_completed("second", 6h));
  for (const auto* id : {"first", "second"}) {
    const auto receipt = world.completed(id)->receipt;
    EXPECT_TRUE(receipt.adds_up()) << id;
    EXPECT_EQ(receipt.delivered.imported, receipt.decided.accepted) << id;
  }
  EXPECT_EQ(world.vendor.rows_taken(), 1'100U);
  EXPECT_EQ(world.kafka.read_all(support::topic::rejects).size(), 40U);
  EXPECT_EQ(world.token_host.reused, 0U);
  EXPECT_TRUE(world.drain(*process));
  EXPECT_EQ(process->failure, nullptr);
}

INSTANTIATE_TEST_SUITE_P(Seeds, DeliveryStageKilled, ::testing::Range<std::uint64_t>(1, 31));

}  // namespace
}  // namespace delivery
