#include "delivery/claim.hpp"

#include <algorithm>
#include <array>
#include <string>
#include <utility>

#include "delivery/restore.hpp"
#include "delivery/run_records.hpp"

namespace delivery {
namespace asio = boost::asio;
namespace {

run::ClaimId new_claim_id(async::Random& random) {
  constexpr std::array digits{'0', '1', '2', '3', '4', '5', '6', '7', '8', '9', 'a', 'b', 'c', 'd', 'e', 'f'};
  run::ClaimId id;
  for (int word = 0; word < 2; ++word) {
    auto bits = random.bits();
    for (int digit = 0; digit < 16; ++digit, bits >>= 4U) id.value += digits[bits & 0xFU];
  }
  return id;
}

}  // namespace

Claim::Claim(std::int32_t partition, ClaimParts parts)
    : partition_{partition},
      parts_{std::move(parts)},
      id_{new_claim_id(parts_.random)},
      told_{parts_.executor},
      changed_{parts_.executor},
      tasks_{parts_.executor, [this] { told_.notify(); }} {}

void Claim::stop() {
  stopping_ = true;
  told_.notify();
}

void Claim::drop() {
  dropped_ = true;
  stop();
}

void Claim::halt() { end(ClaimEnd::alarmed); }

bool Claim::end(ClaimEnd end, std::string why) {
  if (!end_) {
    end_ = end;
    why_ = std::move(why);
  }
  told_.notify();
  return false;
}

asio::awaitable<ClaimEnd> Claim::run() {
  enter(ClaimPhase::taking_over);
  tasks_.spawn(work());
  while (!is_over()) co_await told_.wait();
  if (stopping_ && !dropped_ && !end_ && !tasks_.failed()) co_await drain();
  working_ = false;
  draining_ = true;
  tasks_.cancel();
  co_await tasks_.join();
  const auto end = stopping_ ? ClaimEnd::told : end_.value_or(ClaimEnd::again);
  enter(end == ClaimEnd::alarmed ? ClaimPhase::alarmed : ClaimPhase::ended);
  co_return end;
}

asio::awaitable<void> Claim::work() {
  if (!co_await take_over()) co_return;
  auto& context = workshop_->context();
  committer_.emplace(context, parts_.group, workshop_->index(), offset_);
  housekeeper_.emplace(context, outlived(journal_, id_, writer_->now()));
  answerer_.emplace(context);
  journal_ = {};
  for (const auto& [instance, run] : context.book.unfinished()) {
    if (run->state.sequence > 0) context.observer.run_restored(partition_, standing(*run, writer_->now()));
  }
  tasks_.spawn(committer_->run());
  tasks_.spawn(housekeeper_->run());
  tasks_.spawn(answerer_->run());
  working_ = true;
  worked_ = true;
  enter(ClaimPhase::working);
  told_.notify();
  co_await workshop_->dispatcher().run();
}

asio::awaitable<bool> Claim::take_over() {
  if (!co_await prove_assignment()) co_return false;
  if (!co_await become_owner()) co_return false;
  if (!co_await read_journal()) co_return false;
  workshop_.emplace(Workshop::Start{partition_, id_, offset_, bounds_.end}, parts_, *writer_, tasks_, changed_,
                    draining_);
  restore(workshop_->context(), journal_);
  tasks_.spawn(follow_outbox());
  if (!co_await wait_for_predecessors()) co_return false;
  enter(ClaimPhase::indexing);
  while (!workshop_->index().caught_up()) co_await changed_.wait();
  co_return true;
}

asio::awaitable<void> Claim::follow_outbox() {
  const auto ended = co_await workshop_->index().run();
  end(ended == PartitionIndex::Ended::unreadable ? ClaimEnd::alarmed : ClaimEnd::fenced);
}

asio::awaitable<bool> Claim::prove_assignment() {
  if (parts_.unreadable.any()) {
    parts_.observer.alarm(partition_, Alarm::unreadable_record, parts_.unreadable.where());
    co_return end(ClaimEnd::alarmed);
  }
  const auto committed = co_await parts_.group.committed(partition_);
  if (!committed) co_return end(ClaimEnd::again, committed.error().detail);
  if (!*committed) {
    parts_.observer.alarm(partition_, Alarm::no_committed_offset, "the group never committed an offset");
    co_return end(ClaimEnd::alarmed);
  }
  offset_ = **committed;
  const auto bounds = co_await parts_.outbox.bounds(partition_);
  if (!bounds) co_return end(ClaimEnd::again, bounds.error().detail);
  bounds_ = *bounds;
  if (offset_ < bounds_.start || offset_ > bounds_.end) {
    parts_.observer.alarm(partition_, Alarm::offset_outside_log, "offset " + std::to_string(offset_));
    co_return end(ClaimEnd::alarmed);
  }
  switch (co_await parts_.group.commit(partition_, offset_)) {
    case CommitAnswer::done:
      co_return true;
    case CommitAnswer::stale:
      co_return end(ClaimEnd::stale);
    case CommitAnswer::failed:
      break;
  }
  co_return end(ClaimEnd::again, "the group does not take a commit");
}

asio::awaitable<bool> Claim::become_owner() {
  auto transactor = co_await parts_.journal.claim(partition_);
  if (!transactor) co_return end(ClaimEnd::again, transactor.error().detail);
  run::Owner owner;
  owner.claim_id = id_;
  owner.process = parts_.settings.process;
  owner.request_timeout = parts_.settings.request_timeout;
  owner.lease = parts_.settings.lease;
  owner.claimed_at = parts_.clock.now();
  writer_.emplace(partition_, std::move(*transactor), std::move(owner), parts_.settings, parts_.clock, parts_.observer,
                  parts_.executor);
  tasks_.spawn(write());
  JournalWriter::Unit with_the_first_heartbeat;
  const auto written = co_await writer_->write(std::move(with_the_first_heartbeat));
  co_return written.has_value() || end(ClaimEnd::fenced, written.error().detail);
}

asio::awaitable<void> Claim::write() {
  co_await writer_->run();
  if (const auto& failure = writer_->failure()) end(ClaimEnd::fenced, failure->detail);
}

asio::awaitable<bool> Claim::read_journal() {
  const auto records = co_await parts_.journal.read_all(partition_);
  if (!records) co_return end(ClaimEnd::again, records.error().detail);
  for (const auto& record : *records) {
    if (journal_.apply(record)) continue;
    parts_.observer.alarm(partition_, Alarm::unreadable_record, "journal offset " + std::to_string(record.offset));
    co_return end(ClaimEnd::alarmed);
  }
  co_return true;
}

asio::awaitable<bool> Claim::wait_for_predecessors() {
  const auto& settings = parts_.settings;
  if (const auto longest = journal_.unreleased_requests(id_, settings.handover_margin)) {
    enter(ClaimPhase::waiting_for_predecessor);
    co_await parts_.clock.sleep(std::max(*longest, settings.request_timeout + settings.handover_margin));
  }
  waited_ = true;
  const auto control = co_await parts_.control.caught_up();
  const auto credentials = co_await parts_.credentials_feed.caught_up();
  if (!control) co_return end(ClaimEnd::again, control.error().detail);
  co_return credentials || end(ClaimEnd::again, credentials.error().detail);
}

asio::awaitable<void> Claim::drain() {
  enter(ClaimPhase::draining);
  draining_ = true;
  if (!writer_) co_return;
  changed_.notify();
  const auto patience = parts_.clock.boot() + parts_.settings.request_timeout;
  const auto busy = [this] { return workshop_ && workshop_->busy(); };
  while (busy() && !dropped_ && !end_ && !tasks_.failed() && parts_.clock.boot() < patience) {
    co_await changed_.wait_at_most(parts_.clock, parts_.settings.step_pause);
  }
  if (dropped_ || end_ || tasks_.failed()) co_return;
  if (busy() || !waited_) {
    co_await writer_->flush();
  } else {
    auto unused = workshop_->context().lines.give_back();  // Who has waited has one.
    co_await writer_->release(std::move(unused));
  }
}

}  // namespace delivery
