#include "intake/range_chain.hpp"

#include <gtest/gtest.h>

namespace intake {
namespace {

using run::Position;

const run::RunInstance instance{run::RunId{"run"}, 3, 10};
constexpr async::BootTime start{1h};

contact::Row row(std::string_view email) { return {*contact::EmailAddress::parse(email), {"Ann"}}; }

run::DecidedRange decode(const std::string& record) {
  return std::get<run::DecidedRange>(wire::decode_decided(record).value());
}

struct Fixture {
  Settings settings;
  RangeChain chain{settings, instance, "rules"};
};

TEST(RangeChain, BeginsAtTheJobAndNamesTheLastPositionBeforeEachRange) {
  Fixture f;
  f.chain.add_row({12, 0}, row("ann@example.com"), start);
  f.chain.add_reject({.position = {14, 2}, .profile_id = "p", .reason = run::Reason::duplicate, .rule = {}}, start);
  const auto one = decode(f.chain.close(start));
  EXPECT_EQ(one.prev, (Position{10, 0}));
  EXPECT_EQ(one.first, (Position{12, 0}));
  EXPECT_EQ(one.last, (Position{14, 2}));
  EXPECT_EQ(one.rule_set, "rules");
  EXPECT_EQ(one.instance, instance);

  f.chain.add_row({20, 0}, row("bob@example.com"), start);
  const auto two = decode(f.chain.close(start));
  EXPECT_EQ(two.prev, (Position{14, 2}));
  EXPECT_EQ(two.first, (Position{20, 0}));
  EXPECT_FALSE(f.chain.is_open());
}

TEST(RangeChain, GoesOnAfterPositionsThatAnEarlierLifeWrote) {
  Fixture f;
  f.chain.advance({12, 4});
  f.chain.add_row({13, 0}, row("ann@example.com"), start);
  EXPECT_EQ(decode(f.chain.close(start)).prev, (Position{12, 4}));
}

TEST(RangeChain, CoversAPositionAboutWhichItSaysNothing) {
  Fixture f;
  f.chain.add_nothing({12, 0}, start);
  const auto range = decode(f.chain.close(start));
  EXPECT_EQ(range.last, (Position{12, 0}));
  EXPECT_TRUE(range.rows.empty());
  EXPECT_EQ(f.chain.last(), (Position{12, 0}));
}

TEST(RangeChain, StaysBelowItsBoundWhenRowsAreAskedForBeforeTheyAreAdded) {
  Fixture f;
  f.settings.range_bytes = 2'000;
  const auto one = row("somebody.with.a.long.name@example.com");
  std::int64_t offset = 11;
  while (!f.chain.is_full_for(size_bound(one))) f.chain.add_row({offset++, 0}, one, start);
  const auto record = f.chain.close(start);
  EXPECT_LT(record.size(), 2'000U);
  EXPECT_GT(record.size(), 1'700U);
}

TEST(RangeChain, WaitsLongerWhileItsRangesStaySmall) {
  Fixture f;
  auto now = start;
  for (const auto age : {5s, 10s, 20s, 40s, 60s, 60s}) {
    f.chain.add_nothing({f.chain.last().offset + 1, 0}, now);
    EXPECT_EQ(f.chain.due(), now + age);
    now = f.chain.due();
    f.chain.close(now);
  }
}

TEST(RangeChain, WaitsTheShortTimeAgainAfterARangeThatWasWrittenEarly) {
  Fixture f;
  f.chain.add_nothing({11, 0}, start);
  f.chain.close(start + 5s);
  f.chain.add_nothing({12, 0}, start + 5s);
  f.chain.close(start + 6s);
  f.chain.add_nothing({13, 0}, start + 6s);
  EXPECT_EQ(f.chain.due(), start + 11s);
}

}  // namespace
}  // namespace intake
