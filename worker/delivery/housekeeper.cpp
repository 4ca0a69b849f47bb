#include "delivery/housekeeper.hpp"

#include <algorithm>
#include <set>
#include <utility>

#include "delivery/journal_record.hpp"

namespace delivery {
namespace asio = boost::asio;
namespace {

constexpr std::chrono::days repeats_come_late{5};
constexpr auto between_looks = std::chrono::minutes{1};
/// A record of ours is never larger than 900,000 bytes; a run that needs more goes on holding back the commit.
constexpr std::size_t largest_record = 900'000;

}  // namespace

bool is_forgettable(const run::RunState& finished, run::UtcTime now, const Settings& settings) {
  return now >= finished.finished_at + settings.outbox_retention + repeats_come_late;
}

std::vector<run::JournalRecord> outlived(const JournalState& journal, const run::ClaimId& own, run::UtcTime now) {
  std::vector<run::JournalRecord> gone;
  for (const auto& block : journal.quota_blocks()) {
    if (block.day + quota_day_is_kept < now) gone.emplace_back(block);
  }
  std::set<run::ClaimId> needed{own};
  for (const auto& state : journal.runs()) {
    if (state.finished) continue;
    for (const auto& batch : journal.batches(state.instance)) {
      if (batch.phase == run::BatchPhase::intent) needed.insert(batch.claim_id);
    }
  }
  for (const auto& owner : journal.owners()) {
    if (!needed.contains(owner.claim_id)) gone.emplace_back(owner);
  }
  return gone;
}

bool wants_index(const Run& run, run::UtcTime now, const Settings& settings) {
  return run.waiting_since && !run.state.index && !run.finishing &&
         now >= *run.waiting_since + settings.journal_index_after;
}

asio::awaitable<void> Housekeeper::run() {
  for (const auto& record : outlived_) context_.writer.add({out_of_journal(record)});
  outlived_.clear();
  auto next_tidy = context_.clock.boot();
  for (;;) {
    journal_indexes();
    if (context_.clock.boot() >= next_tidy) {
      forget_finished();
      next_tidy = context_.clock.boot() + context_.settings.housekeeping;
    }
    co_await context_.clock.sleep(std::min<std::chrono::nanoseconds>(between_looks, context_.settings.housekeeping));
  }
}

void Housekeeper::forget_finished() {
  std::vector<run::RunState> old;
  for (const auto& [instance, state] : context_.book.finished_runs()) {
    if (is_forgettable(state, context_.writer.now(), context_.settings)) old.push_back(state);
  }
  for (const auto& state : old) {
    context_.book.forget_finished(state.instance);
    context_.writer.add({out_of_journal(state)});
  }
}

void Housekeeper::journal_indexes() {
  const auto now = context_.writer.now();
  for (const auto& [instance, run] : context_.book.unfinished()) {
    if (run->chain.state() != RunChain::State::complete) continue;
    if (!run->waiting_since) run->waiting_since = now;
    if (!wants_index(*run, now, context_.settings)) continue;
    auto state = run->state;
    state.index = run->chain.index();
    auto record = to_journal(state);
    if (record.value->size() > largest_record) continue;
    run->state = std::move(state);
    context_.writer.add({std::move(record)});
    context_.changed.notify();
  }
}

}  // namespace delivery
