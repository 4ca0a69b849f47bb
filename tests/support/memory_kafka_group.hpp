#pragma once

#include <chrono>
#include <cstdint>
#include <deque>
#include <list>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "support/seeded_random.hpp"
#include "support/virtual_clock.hpp"

namespace support {

struct MemberAssigned {
  std::vector<std::int32_t> partitions;
};
struct MemberRevoked {
  std::vector<std::int32_t> partitions;
  bool lost = false;
};
using MemberEvent = std::variant<MemberAssigned, MemberRevoked>;

struct GroupDelays {
  std::chrono::nanoseconds gather_most{std::chrono::seconds{3}};     ///< A new generation waits for more to join.
  std::chrono::nanoseconds heartbeat_most{std::chrono::seconds{3}};  ///< Until a member hears of a rebalance.
  std::chrono::nanoseconds session{std::chrono::seconds{45}};        ///< Until a silent member is expelled.
  std::chrono::nanoseconds rebalance{std::chrono::seconds{120}};     ///< Until one that keeps its partitions is.
};

class GroupMember;

/// The coordinator of one consumer group over one topic: eager rebalances, range assignment, generations, offsets.
class MemoryGroup {
 public:
  struct Committed {
    std::int64_t offset = 0;
    std::string metadata;
  };

  MemoryGroup(VirtualTime& time, SeededRandom random, std::int32_t partitions, GroupDelays delays)
      : time_{time}, random_{random}, partition_count_{partitions}, delays_{delays} {}

  std::optional<Committed> committed(std::int32_t partition) const;
  void store(std::int32_t partition, Committed committed) { offsets_[partition] = std::move(committed); }

  std::uint64_t generation() const { return generation_; }
  /// As when somebody joins and leaves at once.
  void disturb() { rebalance(); }

 private:
  friend class GroupMember;

  enum class State : std::uint8_t { joining, stable, revoking, expelled };
  /// What the coordinator knows of a member; it outlives a consumer that died.
  struct Entry {
    Entry(VirtualTime& time, std::uint64_t id) : order{id}, told{time.loop().get_executor()} {}

    std::uint64_t order;  ///< Stands for the random member id.
    State state = State::joining;
    bool dead = false;
    std::uint64_t generation = 0;
    std::vector<std::int32_t> partitions;
    std::deque<MemberEvent> events;
    Bell told;
  };
  using Member = std::shared_ptr<Entry>;

  Member join();
  void remove(const Member& member);
  void go_silent(const Member& member);
  bool cut_off(const Member& member, std::chrono::nanoseconds duration);
  void release(const Member& member);
  void rebalance();
  void expel_slow(std::uint64_t generation);
  void complete_when_all_joined();
  void complete();

  VirtualTime& time_;
  SeededRandom random_;
  std::int32_t partition_count_;
  GroupDelays delays_;
  std::list<Member> members_;
  std::map<std::int32_t, Committed> offsets_;
  std::uint64_t generation_ = 0;
  bool rebalancing_ = false;
  bool completing_ = false;
};

/// One consumer's place in a group.
class GroupMember {
 public:
  explicit GroupMember(MemoryGroup& group) : group_{group}, entry_{group.join()} {}
  GroupMember(const GroupMember&) = delete;
  GroupMember& operator=(const GroupMember&) = delete;
  /// Leaves, unless it died before: then the group finds out by itself.
  ~GroupMember();

  std::optional<MemberEvent> take_event();
  bool has_event() const { return !entry_->dead && !entry_->events.empty(); }
  /// After a MemberRevoked: gives the partitions up and joins again.
  void release() { group_.release(entry_); }
  /// Of the last MemberAssigned; what a commit names.
  std::uint64_t generation() const { return entry_->generation; }
  /// Whether the coordinator takes a commit of this member in that generation.
  bool is_current(std::uint64_t generation) const;
  /// Its heartbeats do not arrive for so long. True: the group gives its partitions to others meanwhile, of which it
  /// hears once they arrive again.
  bool cut_off(std::chrono::nanoseconds duration) { return group_.cut_off(entry_, duration); }
  /// From now on nothing more comes from this consumer, and nothing is told to it.
  void die();

  /// Rung when there is an event to take.
  Bell& told() { return entry_->told; }

 private:
  MemoryGroup& group_;
  MemoryGroup::Member entry_;
};

}  // namespace support
