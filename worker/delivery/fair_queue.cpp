#include "delivery/fair_queue.hpp"

#include <tuple>

namespace delivery {

std::vector<FairQueue::Key> FairQueue::keys(const Contender& contender) {
  const auto& application = contender.application.value;
  return {{"account", application, contender.account.value},
          {"connection", application, contender.connection.value},
          {"export", application, contender.export_id.value}};
}

std::vector<std::uint64_t> FairQueue::last_served(const Contender& contender) const {
  std::vector<std::uint64_t> turns;
  for (const auto& key : keys(contender)) {
    const auto found = last_served_.find(key);
    turns.push_back(found == last_served_.end() ? 0 : found->second);
  }
  return turns;
}

std::optional<std::size_t> FairQueue::choose(const std::vector<Contender>& contenders) const {
  std::optional<std::size_t> best;
  for (std::size_t index = 0; index < contenders.size(); ++index) {
    if (!best || std::tuple{last_served(contenders[index]), contenders[index].place} <
                     std::tuple{last_served(contenders[*best]), contenders[*best].place}) {
      best = index;
    }
  }
  return best;
}

void FairQueue::served(const Contender& contender) {
  ++turns_;
  for (const auto& key : keys(contender)) last_served_[key] = turns_;
}

void AccountTurns::began(const run::AccountId& account, const run::RunInstance& instance) {
  auto& turn = turns_[account];
  if (turn.instance != instance) turn = {instance, 0};
  ++turn.batches;
}

bool AccountTurns::may_send(const run::AccountId& account, const run::RunInstance& instance,
                            std::size_t batches_per_turn, bool others_wait) const {
  const auto turn = turns_.find(account);
  if (turn == turns_.end()) return true;
  if (turn->second.instance != instance) return false;
  return !others_wait || turn->second.batches < batches_per_turn;
}

}  // namespace delivery
