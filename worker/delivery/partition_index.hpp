#pragma once

#include <cstdint>
#include <optional>

#include <boost/asio/awaitable.hpp>

#include "delivery/claim_context.hpp"
#include "wire/decided.hpp"

namespace delivery {

/// The key under which intake puts runs of no configured application.
inline constexpr std::string_view unrouted_key = "unrouted";

/// Follows the outbox partition and keeps of each record only where it lies.
class PartitionIndex {
 public:
  PartitionIndex(ClaimContext& context, std::int64_t from, std::int64_t known_end);

  enum class Ended : std::uint8_t {
    unreadable,  ///< A record cannot be understood: the partition halts.
    claim_over,
  };
  /// Until cancelled or ended.
  boost::asio::awaitable<Ended> run();

  /// All that was in the outbox when the claim began has been read.
  bool caught_up() const { return next_ >= known_end_; }
  /// Next offset to be read.
  std::int64_t next() const { return next_; }

 private:
  /// False: not to be understood.
  bool take(const LogRecord& record);
  void take_opened(run::RunOpened opened, const LogRecord& record);
  RunHandle run_of(const run::RunInstance& instance, const LogRecord& record);
  void begin(const RunHandle& handle, const LogRecord& record);

  ClaimContext& context_;
  std::int64_t next_;
  std::int64_t known_end_;
};

}  // namespace delivery
