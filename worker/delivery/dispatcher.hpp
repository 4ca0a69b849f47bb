#pragma once

#include <map>
#include <set>
#include <vector>

#include <boost/asio/awaitable.hpp>

#include "delivery/account_loads.hpp"
#include "delivery/claim_context.hpp"
#include "delivery/fair_queue.hpp"
#include "delivery/finisher.hpp"
#include "delivery/poller.hpp"
#include "delivery/preflight.hpp"
#include "delivery/resolver.hpp"
#include "delivery/run_plan.hpp"
#include "delivery/sender.hpp"

namespace delivery {

/// Looks at all unfinished runs whenever something changed, and starts what each of them needs next.
class Dispatcher {
 public:
  Dispatcher(ClaimContext& context, BatchPacker& packer);

  /// Until cancelled.
  boost::asio::awaitable<void> run();

  /// Batches between their intent and their journalled answer.
  unsigned answering() const { return sender_.answering(); }

 private:
  struct Candidate {
    RunHandle run;
    Contender contender;
  };

  /// One look; returns when the next one is due at the latest.
  run::UtcTime look();
  Plan plan_for(const Run& run, const AccountLoads& loads) const;
  Surroundings surroundings(const Run& run, const AccountLoads& loads) const;
  bool may_intend(const Run& run) const;
  void carry_out(const RunHandle& run, const Plan& plan, std::vector<Candidate>& candidates);
  /// What was decided against cannot change once the run is whole, so it need not wait for the vendor.
  void publish_rejects(const RunHandle& run);
  void follow(const AccountLoads& loads);
  void send(std::vector<Candidate> candidates);
  bool may_preflight(const run::ConnectionId& connection) const;
  std::size_t sends() const;
  boost::asio::awaitable<void> preflight(RunHandle run, Directory::Entry connection);
  void refused(const run::ConnectionId& connection);

  ClaimContext& context_;
  Preflight preflight_;
  Sender sender_;
  Poller poller_;
  Resolver resolver_;
  Finisher finisher_;
  FairQueue queue_;
  AccountTurns turns_;
  std::set<run::AccountId> in_turn_;
  std::set<run::ConnectionId> preflighting_;
  std::map<run::AccountId, std::size_t> waiting_for_account_;
};

}  // namespace delivery
