#pragma once

#include <boost/asio/awaitable.hpp>

#include "delivery/claim_context.hpp"

namespace delivery {

/// Ends a run: its rejects in chunks, then RunCompleted and the finished RunState in one transaction.
class Finisher {
 public:
  explicit Finisher(ClaimContext& context) : context_{context} {}

  /// The caller has set `finishing`.
  boost::asio::awaitable<void> finish(RunHandle run);

 private:
  /// False once the claim is over.
  boost::asio::awaitable<bool> publish_rejects(RunHandle run, run::RangeReference reference);
  boost::asio::awaitable<Result<run::DecidedRange>> read(run::RangeReference reference);

  ClaimContext& context_;
};

}  // namespace delivery
