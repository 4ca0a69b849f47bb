#include "delivery/run_records.hpp"

#include <algorithm>

#include <gtest/gtest.h>

#include "unit/delivery/samples.hpp"

namespace delivery {
namespace {

using namespace std::chrono_literals;

TEST(RunRecords, NumberEachEventInTheStateThatIsWrittenWithIt) {
  const auto run = sample_run("run-1");
  const auto first = announce(*run, run::RunStatus::queued, {}, noon);
  const auto second = announce(*run, run::RunStatus::processing, {}, noon + 1s);
  EXPECT_EQ(first.event.sequence, 1U);
  EXPECT_EQ(second.event.sequence, 2U);
  EXPECT_EQ(run->state.sequence, 2U);
  EXPECT_EQ(second.records.size(), 2U);
}

TEST(RunRecords, TakeTheBatchesOutOfTheJournalWithTheEnd) {
  const auto run = sample_run("run-1");
  run->batches.push_back(sample_batch(*run, run::BatchPhase::ended));
  run->batches[0].state.counts.imported = 10;
  const auto end = announce_end(*run, noon);
  EXPECT_TRUE(run->state.finished);
  EXPECT_TRUE(std::get<run::RunCompleted>(end.event.what).receipt.adds_up());
  const auto tombstones = std::count_if(end.records.begin(), end.records.end(),
                                        [](const Outgoing& record) { return !record.value.has_value(); });
  EXPECT_EQ(tombstones, 1);
}

TEST(RunRecords, CallRowsUnknownThatWereAmbiguousAndAreNotSentAgain) {
  const auto run = sample_run("run-1");
  run->state.stopping = true;
  run->state.status = run::RunStatus::canceled;
  run->batches.push_back(sample_batch(*run, run::BatchPhase::absent));
  run->batches[0].state.possible_duplicate = true;
  const auto end = announce_end(*run, noon);
  EXPECT_EQ(std::get<run::RunCompleted>(end.event.what).receipt.delivered.unknown, 10U);
}

TEST(RunRecords, LeaveTimeForARedrive) {
  EXPECT_EQ(deadline_of(noon, noon - 1h, 72h, 168h), noon + 72h);
  EXPECT_EQ(deadline_of(noon, noon - 100h, 72h, 168h), noon + 44h);
}

}  // namespace
}  // namespace delivery
