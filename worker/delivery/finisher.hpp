#pragma once

#include <cstddef>
#include <memory>

#include <boost/asio/awaitable.hpp>

#include "delivery/claim_context.hpp"

namespace delivery {

/// Ends a run: its rejects in chunks, then RunCompleted and the finished RunState in one transaction.
class Finisher {
 public:
  explicit Finisher(ClaimContext& context) : context_{context} {}

  /// Publishes the rejects of a run that is whole, while its people are still on their way. The caller has set
  /// `publishing_rejects`.
  boost::asio::awaitable<void> publish_ahead(RunHandle run);
  /// The caller has set `finishing`.
  boost::asio::awaitable<void> finish(RunHandle run);

 private:
  /// Rejects of one transaction, from as many ranges as it takes: each transaction costs the brokers' turn-around.
  struct Chunk {
    JournalWriter::Unit unit;
    std::size_t bytes = 0;
    run::Position up_to{};
  };
  /// False once the claim is over.
  boost::asio::awaitable<bool> publish_rejects(RunHandle run);
  static void add(Chunk& chunk, const run::RunOpened& opened, const run::Reject& reject);
  bool is_full(const Chunk& chunk) const;
  boost::asio::awaitable<bool> write(RunHandle run, std::shared_ptr<Chunk> chunk);

  ClaimContext& context_;
};

}  // namespace delivery
