#pragma once

#include <functional>
#include <vector>

#include "delivery/run_book.hpp"

namespace delivery {

/// A batch of a run; looked up again after each wait, since a run's batches may move.
struct BatchHandle {
  RunHandle run;
  run::BatchId id;

  Batch* get() const { return run->find(id); }
};

/// The batches of an account, over all its runs, that `wanted` says; oldest intent first.
std::vector<BatchHandle> batches_of(const RunBook& book, const run::AccountId& account,
                                    const std::function<bool(const Batch&)>& wanted);

}  // namespace delivery
