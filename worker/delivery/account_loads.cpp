#include "delivery/account_loads.hpp"

#include <algorithm>

namespace delivery {

const run::AccountId& account_of(const Run& run) {
  return run.clearance ? run.clearance->account : run.state.account_id;
}

AccountLoads::AccountLoads(const RunBook& book) {
  for (const auto& [instance, run] : book.unfinished()) {
    for (const auto& batch : run->batches) {
      if (!batch.is_open()) continue;
      auto& load = loads_[batch.state.account_id];
      load.runs.insert(instance);
      ++load.open;
      if (batch.is_unresolved()) load.unresolved = true;
      if (batch.state.phase == run::BatchPhase::submitted) {
        load.newest_submitted = std::max(load.newest_submitted, batch.state.submitted_at);
      }
    }
    if (run->packing) {
      auto& load = loads_[account_of(*run)];
      load.runs.insert(instance);
      ++load.open;
    }
  }
}

bool AccountLoads::is_free_for(const Run& run) const {
  const auto found = loads_.find(account_of(run));
  if (found == loads_.end()) return true;
  const auto& load = found->second;
  const bool others = std::any_of(load.runs.begin(), load.runs.end(),
                                  [&](const run::RunInstance& instance) { return instance != run.instance(); });
  return !load.unresolved && !others;
}

std::size_t AccountLoads::open_at(const run::AccountId& account) const {
  const auto found = loads_.find(account);
  return found == loads_.end() ? 0 : found->second.open;
}

}  // namespace delivery
