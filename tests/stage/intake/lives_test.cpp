// Cutting a partition into any lives and ranges changes no decision.

#include <algorithm>
#include <memory>
#include <random>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "intake/intake.hpp"
#include "stage/intake/delivery_rule.hpp"
#include "stage/intake/random_upstream.hpp"
#include "support/intake_clock.hpp"
#include "support/intake_log.hpp"
#include "support/intake_outbox.hpp"

namespace intake {
namespace {

using test::Delivered;
using test::Upstream;

constexpr std::uint64_t seeds = 100;
constexpr int records = 400;

/// Limits low enough to be met; the same in every life.
Settings settings_of(std::uint64_t seed) {
  Settings settings;
  settings.applications = {{"application"}};
  settings.tick_after = 10'000h;  // Ticks would make another input.
  settings.rules.most_cap = 30;
  if (seed % 3 == 0) settings.rules.partition_addresses = 60;
  if (seed % 4 == 0) settings.rules.partition_runs = 3;
  return settings;
}

/// One process.
struct Life {
  Life(const Settings& settings, std::map<std::int32_t, support::InputLog>& logs,
       std::vector<support::OutboxRecord>& outbox, std::uint8_t key)
      : source{logs}, sink{outbox}, intake{settings, source, sink, clock, observer, {{key}}} {
    source.assign_all();
  }

  support::IntakeLogSource source;
  support::IntakeOutboxSink sink;
  support::IntakeClock clock;
  Observer observer;
  Intake intake;
};

bool is_finished(const support::InputLog& log) { return log.committed == log.end; }

std::vector<support::OutboxRecord> undisturbed(const Settings& settings, const Upstream& upstream) {
  std::map<std::int32_t, support::InputLog> logs{{0, upstream.log}};
  std::vector<support::OutboxRecord> outbox;
  Life life{settings, logs, outbox, 1};
  for (int turns = 0; turns < 100 && !is_finished(logs[0]); ++turns) {
    life.clock.passed += 1s;
    life.intake.turn(0ms);
  }
  EXPECT_TRUE(is_finished(logs[0]));
  return outbox;
}

/// Many lives: each is killed at any point, some go on writing as zombies what they had handed to their producer.
class Trouble {
 public:
  Trouble(std::uint64_t seed, Settings settings, const Upstream& upstream)
      : random_{seed}, settings_{std::move(settings)}, logs_{{0, upstream.log}} {}

  std::vector<support::OutboxRecord> run() {
    for (int lives = 0; lives < 400 && !is_finished(logs_[0]); ++lives) live(lives);
    EXPECT_TRUE(is_finished(logs_[0]));
    for (auto& zombie : zombies_) zombie->sink.store(static_cast<std::size_t>(-1));
    return std::move(outbox_);
  }

 private:
  int below(int bound) { return static_cast<int>(random_() % static_cast<std::uint64_t>(bound)); }

  void live(int number) {
    settings_.range_bytes = static_cast<std::size_t>(700 + below(3'000));
    settings_.open_range_bytes = static_cast<std::size_t>(500 + below(10'000));
    settings_.slice_records = static_cast<std::size_t>(1 + below(30));
    settings_.commit_interval = std::chrono::milliseconds{below(1'000)};
    auto life = std::make_unique<Life>(settings_, logs_, outbox_, static_cast<std::uint8_t>(number));
    life->sink.stores_at_once = false;
    life->source.stores_commits_at_once = false;
    life->sink.capacity = static_cast<std::size_t>(1 + below(20));
    // Later lives last longer, so that all of it is read in the end.
    for (int turns = below(40 + number); turns > 0; --turns) step(*life);
    if (below(2) == 0) zombies_.push_back(std::move(life));
  }

  void step(Life& life) {
    life.clock.passed += std::chrono::milliseconds{below(3'000)};
    life.source.records_left = static_cast<std::size_t>(below(25));
    const int what = below(100);
    if (what < 3) {
      life.source.revoke_all(below(3) == 0);
      life.source.assign_all();
    }
    life.intake.turn(0ms);
    if (what < 70) life.sink.store(static_cast<std::size_t>(below(5)));
    for (int acknowledgements = below(5); acknowledgements > 0; --acknowledgements) {
      life.sink.acknowledge(static_cast<std::size_t>(below(100)));
    }
    if (what > 60) life.source.finish_commits(0ms);
    if (!zombies_.empty() && below(4) == 0) {
      zombies_[static_cast<std::size_t>(below(static_cast<int>(zombies_.size())))]->sink.store(1);
    }
  }

  std::mt19937_64 random_;
  Settings settings_;
  std::map<std::int32_t, support::InputLog> logs_;
  std::vector<support::OutboxRecord> outbox_;
  std::vector<std::unique_ptr<Life>> zombies_;
};

void expect_same(const Delivered& one, const Delivered& other) {
  EXPECT_EQ(one.dead, other.dead);
  ASSERT_EQ(one.runs.size(), other.runs.size());
  for (const auto& [instance, run] : one.runs) {
    SCOPED_TRACE(instance.run_id.value + " opened at " + std::to_string(instance.job_offset));
    ASSERT_TRUE(other.runs.contains(instance));
    const auto& same = other.runs.at(instance);
    EXPECT_EQ(run.opened, same.opened);
    EXPECT_EQ(run.mark, same.mark);
    EXPECT_EQ(run.decisions, same.decisions);
    EXPECT_EQ(run.sealed, same.sealed);
  }
}

class Lives : public testing::TestWithParam<std::uint64_t> {};
class FewLives : public testing::TestWithParam<std::uint64_t> {};

TEST_P(Lives, AccountForEveryMember) {
  const auto upstream = test::random_upstream(GetParam(), records);
  const auto seen = test::deliver(undisturbed(settings_of(GetParam()), upstream));
  EXPECT_EQ(seen.faults, std::vector<std::string>{});
  std::uint64_t counted = 0;
  for (const auto& [instance, run] : seen.runs) {
    SCOPED_TRACE(instance.run_id.value + " opened at " + std::to_string(instance.job_offset));
    ASSERT_TRUE(run.sealed);
    const auto& totals = run.sealed->totals;
    EXPECT_TRUE(totals.adds_up());
    auto sum = run.sealed->unknown_segments;
    EXPECT_TRUE(sum.adds_up());
    for (const auto& segment : run.sealed->segments) {
      EXPECT_TRUE(segment.decided.adds_up());
      sum += segment.decided;
    }
    EXPECT_EQ(sum.received + totals.undecodable, totals.received);
    EXPECT_EQ(sum.accepted, totals.accepted);
    EXPECT_LE(totals.accepted, run.opened->job.cap);
    EXPECT_EQ(run.decisions.size(), totals.received - totals.undecodable);
    const auto rows =
        std::ranges::count_if(run.decisions, [](const auto& decision) { return decision.second.starts_with("row"); });
    EXPECT_EQ(static_cast<std::uint64_t>(rows), totals.accepted);
    std::uint64_t reasons = 0;
    for (const auto& reason : run.sealed->reasons) reasons += reason.members;
    EXPECT_EQ(reasons, totals.invalid + totals.duplicate + totals.over_cap);
    counted += totals.received;
  }
  // Each member belongs to a run's sum or to a dead letter; unreadable records of a run count one each.
  std::uint64_t late = 0;
  std::uint64_t unreadable = 0;
  for (const auto& [offset, cause] : seen.dead) {
    const auto sent = upstream.members.find(offset);
    if (cause == run::DeadCause::no_open_run && sent != upstream.members.end()) late += sent->second.members;
    if (cause != run::DeadCause::no_open_run && sent == upstream.members.end()) ++unreadable;
  }
  EXPECT_GE(counted + late, upstream.all_members);
  EXPECT_LE(counted + late, upstream.all_members + unreadable);
}

TEST_P(Lives, DecideAlikeHoweverTheyAreCut) {
  const auto settings = settings_of(GetParam());
  const auto upstream = test::random_upstream(GetParam(), records);
  const auto whole = test::deliver(undisturbed(settings, upstream));
  const auto pieces = test::deliver(Trouble{GetParam() + 1'000, settings, upstream}.run());
  EXPECT_EQ(pieces.faults, std::vector<std::string>{});
  expect_same(whole, pieces);
}

TEST_P(FewLives, LinkEveryRangeToThePositionBeforeIt) {
  const auto settings = settings_of(GetParam());
  const auto upstream = test::random_upstream(GetParam(), records);
  const auto outbox = Trouble{GetParam() + 2'000, settings, upstream}.run();
  for (const auto& record : outbox) {
    if (!std::holds_alternative<ToOutbox>(record.to)) continue;
    const auto decided = wire::decode_decided(record.value).value();
    const auto* range = std::get_if<run::DecidedRange>(&decided);
    if (range == nullptr) continue;
    run::Position before{range->instance.job_offset, 0};
    for (const auto& [offset, sent] : upstream.members) {
      if (offset <= range->instance.job_offset || sent.run_id != range->instance.run_id.value) continue;
      if (offset < range->first.offset) before = {offset, sent.members - 1};
      if (offset == range->first.offset && range->first.index > 0) before = {offset, range->first.index - 1};
    }
    EXPECT_EQ(range->prev, before);
  }
}

TEST_P(FewLives, ShowWhereAStoredRecordIsMissing) {
  const auto upstream = test::random_upstream(GetParam(), records);
  auto settings = settings_of(GetParam());
  settings.range_bytes = 1'000;
  const auto outbox = undisturbed(settings, upstream);
  for (std::size_t lost = 0; lost < outbox.size(); ++lost) {
    if (!std::holds_alternative<ToOutbox>(outbox[lost].to)) continue;
    if (wire::decode_link(outbox[lost].value).value().kind == wire::DecidedLink::Kind::sealed) continue;
    auto rest = outbox;
    rest.erase(rest.begin() + static_cast<std::ptrdiff_t>(lost));
    EXPECT_NE(test::deliver(rest).faults, std::vector<std::string>{}) << lost;
    lost += 7;
  }
}

INSTANTIATE_TEST_SUITE_P(OfAnyStream, Lives, testing::Range<std::uint64_t>(1, seeds + 1));
INSTANTIATE_TEST_SUITE_P(OfAnyStream, FewLives, testing::Range<std::uint64_t>(1, seeds / 10 + 1));

}  // namespace
}  // namespace intake
