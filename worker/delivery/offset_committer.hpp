#pragma once

#include <cstdint>

#include <boost/asio/awaitable.hpp>

#include "delivery/claim_context.hpp"
#include "delivery/partition_index.hpp"

namespace delivery {

/// The next offset that the group has to hold: that of the oldest record still needed, else where reading stands.
std::int64_t commit_position(const RunBook& book, std::int64_t read_up_to);

/// Moves the group's offset on, never past a record that another life would need.
class OffsetCommitter {
 public:
  OffsetCommitter(ClaimContext& context, Group& group, const PartitionIndex& index, std::int64_t committed)
      : context_{context}, group_{group}, index_{index}, committed_{committed} {}

  /// Until cancelled, or the assignment is over.
  boost::asio::awaitable<void> run();

 private:
  ClaimContext& context_;
  Group& group_;
  const PartitionIndex& index_;
  std::int64_t committed_;
};

}  // namespace delivery
