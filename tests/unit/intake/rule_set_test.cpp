#include "intake/rule_set.hpp"

#include <set>

#include <gtest/gtest.h>

namespace intake {
namespace {

TEST(RuleSet, IsTheSameForTheSameRules) { EXPECT_EQ(rule_set(Rules{}), rule_set(Rules{})); }

TEST(RuleSet, DiffersWithEverySettingThatChangesADecision) {
  const Rules plain;
  std::set<std::string> names{rule_set(plain)};
  const auto change = [&](auto edit) {
    Rules rules;
    edit(rules);
    names.insert(rule_set(rules));
  };
  change([](Rules& rules) { rules.email.max_length = 50; });
  change([](Rules& rules) { rules.field_bounds = contact::BoundsReading::large; });
  change([](Rules& rules) { rules.default_cap = 1; });
  change([](Rules& rules) { rules.most_cap = 1; });
  change([](Rules& rules) { rules.silence_limit = 1h; });
  change([](Rules& rules) { rules.run_limit = 1h; });
  change([](Rules& rules) { rules.partition_addresses = 1; });
  change([](Rules& rules) { rules.partition_runs = 1; });
  EXPECT_EQ(names.size(), 9U);
}

}  // namespace
}  // namespace intake
