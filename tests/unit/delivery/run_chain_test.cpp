#include "delivery/run_chain.hpp"

#include <string>

#include <gtest/gtest.h>

namespace delivery {
namespace {

using run::Position;
using Took = RunChain::Took;
using State = RunChain::State;

const run::RunInstance instance{run::RunId{"run-1"}, 0, 10};

run::RunOpened opening(const std::string& rules = "r1") {
  return {.instance = instance, .job = {}, .job_at = {}, .rule_set = rules, .trace_parent = {}};
}

/// A range in which every position from `first` to `last` is a row.
run::DecidedRange range(std::int64_t prev, std::int64_t first, std::int64_t last, const std::string& rules = "r1") {
  run::DecidedRange made{.instance = instance,
                         .prev = {prev, 0},
                         .first = {first, 0},
                         .last = {last, 0},
                         .rows = {},
                         .rejects = {},
                         .rule_set = rules};
  for (auto offset = first; offset <= last; ++offset) {
    made.rows.push_back({{offset, 0}, "p" + std::to_string(offset) + "@example.com", {}});
  }
  return made;
}

run::RunSealed seal(std::int64_t prev, std::uint64_t accepted) {
  run::RunSealed sealed;
  sealed.instance = instance;
  sealed.prev = {prev, 0};
  sealed.totals.received = sealed.totals.accepted = accepted;
  sealed.rule_set = "r1";
  return sealed;
}

struct Chain {
  RunChain chain{instance};
  std::int64_t outbox_offset = 0;

  Took add(const run::DecidedRange& decided) {
    const auto payload = wire::encode(decided);
    return chain.add_range(wire::decode_link(payload).value(), ++outbox_offset, payload);
  }
};

TEST(RunChain, IsCompleteWhenTheMarkMeetsTheSealAndTheTotalsAgree) {
  Chain c;
  EXPECT_EQ(c.chain.add_opened(opening(), 0), Took::accepted);
  EXPECT_EQ(c.add(range(10, 11, 14)), Took::accepted);
  EXPECT_EQ(c.add(range(14, 15, 15)), Took::accepted);
  EXPECT_EQ(c.chain.state(), State::open);
  c.chain.add_sealed(seal(15, 5));
  EXPECT_EQ(c.chain.state(), State::complete);
  EXPECT_EQ(c.chain.rows(), 5U);
}

TEST(RunChain, DropsWhatAnotherLifeRepeats) {
  Chain c;
  c.chain.add_opened(opening(), 0);
  c.add(range(10, 11, 14));
  EXPECT_EQ(c.add(range(10, 11, 14)), Took::dropped);
  EXPECT_EQ(c.add(range(11, 12, 13)), Took::dropped);
  EXPECT_EQ(c.chain.add_opened(opening("r2"), 9), Took::dropped);
  c.chain.add_sealed(seal(14, 4));
  EXPECT_EQ(c.chain.state(), State::complete);
}

TEST(RunChain, CountsOnlyThePartOfARangeAboveTheMark) {
  Chain c;
  c.chain.add_opened(opening(), 0);
  c.add(range(10, 11, 14));
  EXPECT_EQ(c.add(range(12, 13, 20)), Took::accepted);
  EXPECT_EQ(c.chain.rows(), 10U);
  EXPECT_EQ(c.chain.ranges().back().prev, (Position{14, 0}));
  EXPECT_EQ(c.chain.ranges().back().rows, 6U);
}

TEST(RunChain, HoldsARangeWhosePredecessorIsMissingAndFindsTheGapAtTheSeal) {
  Chain c;
  c.chain.add_opened(opening(), 0);
  EXPECT_EQ(c.add(range(14, 15, 20)), Took::held);
  EXPECT_EQ(c.chain.rows(), 0U);
  c.chain.add_sealed(seal(20, 10));
  EXPECT_EQ(c.chain.state(), State::gap);
}

TEST(RunChain, AcceptsWhatItHeldOnceThePredecessorComes) {
  Chain c;
  c.chain.add_opened(opening(), 0);
  c.add(range(14, 15, 20));
  EXPECT_EQ(c.add(range(10, 11, 14)), Took::accepted);
  EXPECT_EQ(c.chain.rows(), 10U);
  EXPECT_EQ(c.chain.mark(), (Position{20, 0}));
}

TEST(RunChain, WithoutAnOpeningIsAGap) {
  Chain c;
  EXPECT_EQ(c.add(range(10, 11, 14)), Took::held);
  c.chain.add_sealed(seal(14, 4));
  EXPECT_EQ(c.chain.state(), State::gap);
}

TEST(RunChain, WithOtherTotalsThanTheSealsIsAGap) {
  Chain c;
  c.chain.add_opened(opening(), 0);
  c.add(range(10, 11, 14));
  c.chain.add_sealed(seal(14, 5));
  EXPECT_EQ(c.chain.state(), State::gap);
}

TEST(RunChain, NoticesASecondRuleSetOnlyWhereTheMarkMoves) {
  Chain c;
  c.chain.add_opened(opening(), 0);
  c.add(range(10, 11, 14));
  c.add(range(10, 11, 13, "r2"));
  EXPECT_EQ(c.chain.state(), State::open);
  c.add(range(14, 15, 15, "r2"));
  EXPECT_EQ(c.chain.state(), State::rules_changed);
}

TEST(RunChain, IsTheSameAfterALifeInTheJournal) {
  Chain c;
  c.chain.add_opened(opening(), 7);
  c.add(range(10, 11, 14));
  c.add(range(12, 13, 20));
  c.chain.add_sealed(seal(20, 10));
  const RunChain again{c.chain.index(), 7};
  EXPECT_EQ(again.state(), State::complete);
  EXPECT_EQ(again.ranges(), c.chain.ranges());
  EXPECT_EQ(again.mark(), c.chain.mark());
  EXPECT_EQ(again.opened_at_offset(), 7);
}

}  // namespace
}  // namespace delivery
