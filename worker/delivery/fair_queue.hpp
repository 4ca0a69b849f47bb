#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "delivery/run_order.hpp"
#include "run/ids.hpp"

namespace delivery {

/// Somebody who could send a batch now.
struct Contender {
  run::ApplicationId application;
  run::AccountId account;
  run::ConnectionId connection;
  run::ExportId export_id;
  Place place;
};

/// Who sends next: whoever waited longest among accounts, then connections, then exports; then the older run. The place
/// belongs to the export, so a new run of it inherits what the last one was served.
class FairQueue {
 public:
  /// Index into `contenders`.
  std::optional<std::size_t> choose(const std::vector<Contender>& contenders) const;
  void served(const Contender& contender);

 private:
  using Key = std::vector<std::string>;
  static std::vector<Key> keys(const Contender& contender);
  std::vector<std::uint64_t> last_served(const Contender& contender) const;

  std::map<Key, std::uint64_t> last_served_;
  std::uint64_t turns_ = 0;
};

/// Whose turn an account has: at most one run of it has unfinished activities. A turn is as many batches as go in
/// parallel; a run goes beyond that only while nobody else waits for the account.
class AccountTurns {
 public:
  void began(const run::AccountId& account, const run::RunInstance& instance);
  /// The account has nothing unfinished any more.
  void ended(const run::AccountId& account) { turns_.erase(account); }

  bool may_send(const run::AccountId& account, const run::RunInstance& instance, std::size_t batches_per_turn,
                bool others_wait) const;

 private:
  struct Turn {
    run::RunInstance instance;
    std::size_t batches = 0;
  };
  std::map<run::AccountId, Turn> turns_;
};

}  // namespace delivery
