#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include <boost/asio/awaitable.hpp>

#include "delivery/claim_context.hpp"
#include "delivery/row_encoder.hpp"
#include "run/journal.hpp"
#include "run/packer.hpp"

namespace delivery {

/// Which rows of a run a batch is cut from.
struct Cut {
  std::vector<run::RangeReference> ranges;  ///< At least those that hold the rows; in order.
  std::optional<run::Position> after{};     ///< Rows behind this one; none: from the first.
  std::optional<run::Position> up_to{};     ///< And none behind this one.
  Sheet sheet;
  const RowEncoder* encoder = nullptr;
};

struct PackedBatch {
  run::Position first;
  run::Position last;
  std::uint64_t rows = 0;
  std::string body;
  bool full = false;  ///< No more rows fit.
};

/// Cuts a run's rows, read from the outbox again, into bodies; the same rows give the same bytes in every life.
class BatchPacker {
 public:
  explicit BatchPacker(ClaimContext& context) : context_{context} {}

  /// Errors: as fetch_range() gives them.
  boost::asio::awaitable<Result<PackedBatch>> pack(Cut cut);

 private:
  ClaimContext& context_;
};

/// Reads a range's record again; for as long as `patience` says where the brokers do not answer.
///
/// Errors: as the outbox gives them; park with OUTBOX_GAP where a record is no longer what was indexed.
boost::asio::awaitable<Result<run::DecidedRange>> fetch_range(ClaimContext* context, run::RangeReference reference,
                                                              std::chrono::nanoseconds patience);

}  // namespace delivery
