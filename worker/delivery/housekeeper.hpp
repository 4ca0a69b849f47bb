#pragma once

#include <vector>

#include <boost/asio/awaitable.hpp>

#include "delivery/claim_context.hpp"
#include "delivery/journal_state.hpp"

namespace delivery {

/// Whether nothing that repeats a finished run can come any more.
bool is_forgettable(const run::RunState& finished, run::UtcTime now, const Settings& settings);

/// What a claim that has waited its predecessors out needs no more: blocks of past days, and owners whose intents are
/// all answered.
std::vector<run::JournalRecord> outlived(const JournalState& journal, const run::ClaimId& own, run::UtcTime now);

/// Whether a run waits so long that its index goes into the journal, and the commit goes on without it.
bool wants_index(const Run& run, run::UtcTime now, const Settings& settings);

/// Keeps the journal and the outbox's backlog small.
class Housekeeper {
 public:
  Housekeeper(ClaimContext& context, std::vector<run::JournalRecord> outlived)
      : context_{context}, outlived_{std::move(outlived)} {}

  /// Until cancelled.
  boost::asio::awaitable<void> run();

 private:
  void forget_finished();
  void journal_indexes();

  ClaimContext& context_;
  std::vector<run::JournalRecord> outlived_;
};

}  // namespace delivery
