#include "delivery/ownership.hpp"

#include <chrono>
#include <utility>

#include "delivery/journal_state.hpp"

namespace delivery {
namespace asio = boost::asio;
namespace {

/// A claim that is over sooner than this after its begin did not come to much.
constexpr auto lasting = std::chrono::minutes{1};

}  // namespace

bool may_claim_again(const OwnerSeen& seen, std::chrono::nanoseconds unchanged_for, const Settings& settings) {
  return seen.none || seen.released || unchanged_for >= settings.predecessor_silence;
}

Ownership::Ownership(std::int32_t partition, ClaimParts parts)
    : partition_{partition}, parts_{std::move(parts)}, told_{parts_.executor} {}

void Ownership::stop() {
  over_ = true;
  if (claim_) claim_->stop();
  told_.notify();
}

void Ownership::drop() {
  over_ = true;
  if (claim_) claim_->drop();
  told_.notify();
}

asio::awaitable<void> Ownership::run() {
  unsigned failures = 0;
  while (!over_) {
    claim_.emplace(partition_, parts_);
    const auto id = claim_->id();
    const auto began = parts_.clock.boot();
    const auto end = co_await claim_->run();
    const bool lasted = claim_->worked() && parts_.clock.boot() - began >= lasting;
    const bool failed = !lasted && (end == ClaimEnd::again || end == ClaimEnd::fenced);
    failures = failed ? failures + 1 : 0;
    // The first failure may be over by the next try; of those that follow the newest tells what is wrong.
    if (failures > 1) parts_.observer.alarm(partition_, Alarm::claim_fails, claim_->why());
    claim_.reset();
    switch (end) {
      case ClaimEnd::told:
      case ClaimEnd::stale:
        co_return;
      case ClaimEnd::fenced:
        co_await wait_for_other_owner(id);
        break;
      case ClaimEnd::again:
        co_await wait(parts_.settings.step_pause);
        break;
      case ClaimEnd::alarmed:
        co_await wait(parts_.settings.alarm_pause);
        if (over_) parts_.observer.claim_changed(partition_, ClaimPhase::ended);
        break;
    }
  }
  // The last failure is no longer of interest to anybody here.
  if (failures > 1) parts_.observer.claim_changed(partition_, ClaimPhase::ended);
}

asio::awaitable<void> Ownership::wait(std::chrono::nanoseconds longest) {
  const auto end = parts_.clock.boot() + longest;
  while (!over_ && parts_.clock.boot() < end) co_await told_.wait_at_most(parts_.clock, end - parts_.clock.boot());
}

asio::awaitable<void> Ownership::wait_for_other_owner(run::ClaimId own) {
  std::optional<OwnerSeen> last;
  auto since = parts_.clock.boot();
  while (!over_) {
    const auto records = co_await parts_.journal.read_all(partition_);
    if (records) {
      JournalState journal;
      OwnerSeen seen;
      for (const auto& record : *records) {
        if (!journal.apply(record)) co_return;  // The claim raises the alarm.
      }
      const auto owner = journal.last_owner();
      seen.none = !owner || owner->owner.claim_id == own;
      seen.released = owner && owner->owner.released;
      seen.offset = owner ? owner->offset : -1;
      if (last != seen) since = parts_.clock.boot();
      last = seen;
      if (may_claim_again(seen, parts_.clock.boot() - since, parts_.settings)) co_return;
    }
    co_await wait(parts_.settings.heartbeat);
  }
}

}  // namespace delivery
