#pragma once

#include <set>

#include "delivery/application_lines.hpp"
#include "delivery/batch_packer.hpp"
#include "delivery/claim_context.hpp"
#include "delivery/claim_parts.hpp"
#include "delivery/dispatcher.hpp"
#include "delivery/partition_index.hpp"

namespace delivery {

/// All that one claim works with once it holds its partition, and what it knows: built anew for each claim.
class Workshop {
 public:
  struct Start {
    std::int32_t partition = 0;
    run::ClaimId claim_id;
    std::int64_t from = 0;       ///< The group's offset.
    std::int64_t known_end = 0;  ///< Of the outbox.
  };
  Workshop(Start start, const ClaimParts& parts, JournalWriter& writer, TaskGroup& tasks, Wake& changed,
           bool& draining);
  Workshop(const Workshop&) = delete;
  Workshop& operator=(const Workshop&) = delete;

  ClaimContext& context() { return context_; }
  PartitionIndex& index() { return index_; }
  Dispatcher& dispatcher() { return dispatcher_; }

  /// Something is on its way to the vendor, or its answer on the way to the journal.
  bool busy() const { return lines_.busy() || dispatcher_.answering() > 0; }

 private:
  RunBook book_;
  RunOrder order_{book_};
  ApplicationLines lines_;
  std::set<run::AccountId> trusted_;
  ClaimContext context_;
  BatchPacker packer_;
  PartitionIndex index_;
  Dispatcher dispatcher_;
};

}  // namespace delivery
