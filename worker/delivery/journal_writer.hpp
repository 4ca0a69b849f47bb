#pragma once

#include <chrono>
#include <cstdint>
#include <deque>
#include <memory>
#include <optional>
#include <vector>

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/awaitable.hpp>

#include "async/clock.hpp"
#include "delivery/error.hpp"
#include "delivery/log.hpp"
#include "delivery/observer.hpp"
#include "delivery/settings.hpp"
#include "delivery/utc_correction.hpp"
#include "delivery/wake.hpp"
#include "run/journal.hpp"

namespace delivery {

/// Writes what a claim has to write, in transactions over all that waits, and so proves that the claim still holds.
///
/// A unit is never split between transactions. Once a transaction fails the claim is over and nothing more is written.
/// A request may start only while a transaction that was begun less than `lease` ago has been committed.
class JournalWriter {
 public:
  using Unit = std::vector<Outgoing>;

  JournalWriter(std::int32_t partition, std::unique_ptr<Transactor> transactor, run::Owner owner,
                const Settings& settings, async::Clock& clock, Observer& observer,
                boost::asio::any_io_executor executor);

  /// Puts a unit behind all others; it is committed later or the claim is over.
  void add(Unit unit);
  /// The same, and waits for it. Error: NextStep::stop.
  boost::asio::awaitable<Result<void>> write(Unit unit);
  /// Waits for all that was added so far.
  boost::asio::awaitable<Result<void>> flush();

  /// Commits until it fails or is cancelled.
  boost::asio::awaitable<void> run();
  /// The last of the claim's records, in one transaction with `last`: it has nothing in flight and starts nothing more.
  boost::asio::awaitable<Result<void>> release(Unit last);

  bool may_send() const;
  /// Until when what was proven so far allows a request, also one that outlives the claim.
  async::BootTime lease_ends() const;
  bool over() const { return failure_.has_value(); }
  const std::optional<Error>& failure() const { return failure_; }
  std::size_t waiting() const { return queue_.size(); }

  /// The local clock, corrected by the brokers'.
  run::UtcTime now() const;

 private:
  std::vector<Outgoing> next_transaction();
  boost::asio::awaitable<void> commit(std::vector<Outgoing> records);
  boost::asio::awaitable<Result<void>> until(std::uint64_t ticket);

  std::int32_t partition_;
  std::unique_ptr<Transactor> transactor_;
  run::Owner owner_;
  const Settings& settings_;
  async::Clock& clock_;
  Observer& observer_;
  std::deque<Unit> queue_;
  std::uint64_t taken_ = 0;      ///< Units that left the queue.
  std::uint64_t committed_ = 0;  ///< Units that are in the journal.
  std::optional<async::BootTime> lease_begun_;
  async::BootTime next_heartbeat_{};
  UtcCorrection correction_;
  std::optional<Error> failure_;
  Wake work_;
  Wake progress_;
};

}  // namespace delivery
