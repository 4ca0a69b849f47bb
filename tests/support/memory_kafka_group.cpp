#include "support/memory_kafka_group.hpp"

#include <algorithm>

namespace support {

GroupMember::~GroupMember() {
  if (!entry_->dead) group_.remove(entry_);
}

std::optional<MemberEvent> GroupMember::take_event() {
  if (!has_event()) return std::nullopt;
  auto event = std::move(entry_->events.front());
  entry_->events.pop_front();
  return event;
}

bool GroupMember::is_current(std::uint64_t generation) const {
  const auto state = entry_->state;
  return generation == group_.generation_ && entry_->generation == generation &&
         (state == MemoryGroup::State::stable || state == MemoryGroup::State::revoking);
}

void GroupMember::die() {
  if (entry_->dead) return;
  entry_->dead = true;
  group_.go_silent(entry_);
}

std::optional<MemoryGroup::Committed> MemoryGroup::committed(std::int32_t partition) const {
  const auto found = offsets_.find(partition);
  if (found == offsets_.end()) return std::nullopt;
  return found->second;
}

MemoryGroup::Member MemoryGroup::join() {
  const auto member = std::make_shared<Entry>(time_, random_.bits());
  members_.push_back(member);
  rebalance();
  return member;
}

void MemoryGroup::remove(const Member& member) {
  members_.remove(member);
  rebalance();
}

void MemoryGroup::go_silent(const Member& member) {
  time_.after(random_.between(delays_.session - delays_.heartbeat_most, delays_.session), [this, member] {
    if (member->state == State::expelled) return;
    member->state = State::expelled;
    remove(member);
  });
}

bool MemoryGroup::cut_off(const Member& member, std::chrono::nanoseconds duration) {
  const auto patience = random_.between(delays_.session - delays_.heartbeat_most, delays_.session);
  if (duration < patience) return false;
  time_.after(patience, [this, member, rest = duration - patience] {
    const bool is_member = std::find(members_.begin(), members_.end(), member) != members_.end();
    if (member->dead || !is_member) return;
    member->state = State::expelled;
    members_.remove(member);
    time_.after(rest, [member] {
      if (member->dead || member->state != State::expelled) return;
      // What it was told before is overtaken.
      member->events.clear();
      const MemberRevoked lost{member->partitions, true};
      member->events.emplace_back(lost);
      member->told.ring();
    });
    rebalance();
  });
  return true;
}

void MemoryGroup::release(const Member& member) {
  if (member->dead) return;
  member->partitions.clear();
  const bool expelled = member->state == State::expelled;
  member->state = State::joining;
  if (!expelled) return complete_when_all_joined();
  member->order = random_.bits();
  members_.push_back(member);
  rebalance();
}

void MemoryGroup::rebalance() {
  completing_ = false;
  if (!rebalancing_) {
    rebalancing_ = true;
    time_.after(delays_.rebalance, [this, stuck = generation_] { expel_slow(stuck); });
  }
  for (const auto& member : members_) {
    if (member->state != State::stable) continue;
    member->state = State::revoking;
    time_.after(random_.between({}, delays_.heartbeat_most), [member] {
      if (member->state != State::revoking) return;
      const MemberRevoked revoked{member->partitions, false};
      member->events.emplace_back(revoked);
      member->told.ring();
    });
  }
  complete_when_all_joined();
}

void MemoryGroup::expel_slow(std::uint64_t generation) {
  if (!rebalancing_ || generation != generation_) return;
  const auto slow = [](const Member& member) { return member->state == State::revoking; };
  for (const auto& member : members_) {
    if (!slow(member)) continue;
    member->state = State::expelled;
    // What it was told before is overtaken.
    member->events.clear();
    const MemberRevoked lost{member->partitions, true};
    member->events.emplace_back(lost);
    member->told.ring();
  }
  members_.remove_if([](const Member& member) { return member->state == State::expelled; });
  complete_when_all_joined();
}

void MemoryGroup::complete_when_all_joined() {
  const bool all = std::all_of(members_.begin(), members_.end(),
                               [](const Member& member) { return member->state == State::joining; });
  if (!rebalancing_ || completing_ || !all) return;
  completing_ = true;
  time_.after(random_.between({}, delays_.gather_most), [this] {
    const bool still = std::all_of(members_.begin(), members_.end(),
                                   [](const Member& member) { return member->state == State::joining; });
    if (completing_ && still) complete();
  });
}

void MemoryGroup::complete() {
  rebalancing_ = false;
  completing_ = false;
  ++generation_;
  members_.sort([](const Member& left, const Member& right) { return left->order < right->order; });
  const auto count = static_cast<std::int32_t>(members_.size());
  std::int32_t next = 0;
  std::int32_t index = 0;
  for (const auto& member : members_) {
    const auto share = partition_count_ / count + (index++ < partition_count_ % count ? 1 : 0);
    for (std::int32_t taken = 0; taken < share; ++taken) member->partitions.push_back(next++);
    member->state = State::stable;
    member->generation = generation_;
    const MemberAssigned assigned{member->partitions};
    member->events.emplace_back(assigned);
    member->told.ring();
  }
}

}  // namespace support
