#include "delivery/fair_queue.hpp"

#include <gtest/gtest.h>

namespace delivery {
namespace {

Contender contender(const std::string& account, const std::string& export_id, int minute = 0) {
  return {{"application-1"},
          {account},
          {"connection-of-" + account},
          {export_id},
          {run::UtcTime{std::chrono::minutes{minute}}, {"run-of-" + export_id}}};
}

TEST(FairQueue, ServesTheOlderRunFirstWhereNobodyWasServed) {
  const FairQueue queue;
  EXPECT_EQ(queue.choose({contender("a", "1", 5), contender("a", "2", 3)}), 1U);
  EXPECT_FALSE(queue.choose({}));
}

TEST(FairQueue, ServesInTurn) {
  FairQueue queue;
  const std::vector contenders{contender("a", "1", 0), contender("b", "2", 5), contender("b", "3", 6)};
  std::vector<std::size_t> order;
  for (int turn = 0; turn < 4; ++turn) {
    order.push_back(*queue.choose(contenders));
    queue.served(contenders[order.back()]);
  }
  EXPECT_EQ(order, (std::vector<std::size_t>{0, 1, 0, 2}));
}

TEST(FairQueue, LetsANewRunInheritItsExportsTurn) {
  FairQueue queue;
  queue.served(contender("a", "1", 0));
  EXPECT_EQ(queue.choose({contender("a", "1", 1), contender("a", "2", 9)}), 1U);
}

TEST(AccountTurns, EndsATurnOnlyWhereOthersWait) {
  AccountTurns turns;
  const run::AccountId account{"a"};
  const run::RunInstance mine{{"mine"}, 0, 1};
  const run::RunInstance other{{"other"}, 0, 2};
  EXPECT_TRUE(turns.may_send(account, mine, 2, true));
  turns.began(account, mine);
  turns.began(account, mine);
  EXPECT_FALSE(turns.may_send(account, mine, 2, true));
  EXPECT_TRUE(turns.may_send(account, mine, 2, false));
  EXPECT_FALSE(turns.may_send(account, other, 2, true));
  turns.ended(account);
  EXPECT_TRUE(turns.may_send(account, other, 2, true));
}

}  // namespace
}  // namespace delivery
