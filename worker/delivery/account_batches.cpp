#include "delivery/account_batches.hpp"

#include <algorithm>
#include <tuple>

namespace delivery {

std::vector<BatchHandle> batches_of(const RunBook& book, const run::AccountId& account,
                                    const std::function<bool(const Batch&)>& wanted) {
  std::vector<BatchHandle> found;
  for (const auto& [instance, run] : book.unfinished()) {
    for (const auto& batch : run->batches) {
      if (batch.state.account_id == account && wanted(batch)) found.push_back({run, batch.state.batch_id});
    }
  }
  std::sort(found.begin(), found.end(), [](const BatchHandle& a, const BatchHandle& b) {
    return std::tuple{a.get()->state.intent_at, a.id} < std::tuple{b.get()->state.intent_at, b.id};
  });
  return found;
}

}  // namespace delivery
