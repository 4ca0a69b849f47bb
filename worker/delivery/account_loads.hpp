#pragma once

#include <cstddef>
#include <map>
#include <set>

#include "delivery/run_book.hpp"

namespace delivery {

/// What the runs of a partition have going at each account.
class AccountLoads {
 public:
  explicit AccountLoads(const RunBook& book);

  struct Load {
    std::set<run::RunInstance> runs;  ///< With unfinished activities, or about to have one.
    std::size_t open = 0;
    bool unresolved = false;
    run::UtcTime newest_submitted{};  ///< Zero: nothing is to be polled.
  };
  const std::map<run::AccountId, Load>& all() const { return loads_; }

  /// Nothing of other runs is unfinished there, and nothing at all unresolved.
  bool is_free_for(const Run& run) const;
  std::size_t open_at(const run::AccountId& account) const;

 private:
  std::map<run::AccountId, Load> loads_;
};

/// As this claim's preflight or the run's first one found it; empty before that.
const run::AccountId& account_of(const Run& run);

}  // namespace delivery
