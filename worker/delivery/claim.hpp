#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>

#include <boost/asio/awaitable.hpp>

#include "delivery/answerer.hpp"
#include "delivery/claim_parts.hpp"
#include "delivery/housekeeper.hpp"
#include "delivery/journal_state.hpp"
#include "delivery/journal_writer.hpp"
#include "delivery/offset_committer.hpp"
#include "delivery/task_group.hpp"
#include "delivery/wake.hpp"
#include "delivery/workshop.hpp"

namespace delivery {

/// How a claim ended, by what comes next for its assignment.
enum class ClaimEnd : std::uint8_t {
  told,     ///< It was asked to.
  stale,    ///< The assignment is over.
  fenced,   ///< Another owner, or a step whose outcome is unknown.
  again,    ///< A step failed: from the start.
  alarmed,  ///< Something that a person has to mend.
};

/// One attempt to own a partition: takes it over in the order that keeps two owners apart, works, and lets go.
class Claim {
 public:
  Claim(std::int32_t partition, ClaimParts parts);

  /// Until it ends. Never cancelled: stop() and drop() end it. Throws on a bug.
  boost::asio::awaitable<ClaimEnd> run();

  /// Nothing new starts; what is in flight is waited for, then the partition is released.
  void stop();
  /// The partition is another's already: nothing is waited for, nothing more is written.
  void drop();

  /// A record that this release cannot read came up outside of the partition: nothing more may be done.
  void halt();

  /// Restored, and at work.
  bool working() const { return working_; }
  /// Of one that is over: whether it ever was at work, and what came in between; empty where nothing did.
  bool worked() const { return worked_; }
  const std::string& why() const { return why_; }
  const run::ClaimId& id() const { return id_; }
  /// Something outside changed that plans depend on.
  void look_again() { changed_.notify(); }

 private:
  boost::asio::awaitable<void> work();
  boost::asio::awaitable<bool> take_over();
  boost::asio::awaitable<void> follow_outbox();
  boost::asio::awaitable<bool> prove_assignment();
  boost::asio::awaitable<bool> become_owner();
  boost::asio::awaitable<bool> read_journal();
  boost::asio::awaitable<bool> wait_for_predecessors();
  boost::asio::awaitable<void> write();
  boost::asio::awaitable<void> drain();
  bool is_over() const { return end_ || stopping_ || tasks_.failed(); }
  bool end(ClaimEnd end, std::string why = {});
  void enter(ClaimPhase phase) { parts_.observer.claim_changed(partition_, phase); }

  std::int32_t partition_;
  ClaimParts parts_;
  run::ClaimId id_;
  Wake told_;
  Wake changed_;
  bool draining_ = false;
  bool stopping_ = false;
  bool dropped_ = false;
  bool waited_ = false;  ///< No predecessor can have anything in flight.
  bool working_ = false;
  bool worked_ = false;
  std::optional<ClaimEnd> end_;
  std::string why_;
  std::int64_t offset_ = 0;
  LogBounds bounds_;
  JournalState journal_;
  std::optional<JournalWriter> writer_;
  std::optional<Workshop> workshop_;
  std::optional<OffsetCommitter> committer_;
  std::optional<Housekeeper> housekeeper_;
  std::optional<Answerer> answerer_;
  TaskGroup tasks_;
};

}  // namespace delivery
