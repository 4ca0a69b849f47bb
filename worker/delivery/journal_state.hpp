#pragma once

#include <chrono>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "delivery/log.hpp"
#include "run/journal.hpp"

namespace delivery {

/// What the journal of a partition says: the newest record of each key, read in order to its end.
class JournalState {
 public:
  /// False: the record cannot be read; an internal topic then halts its partition.
  [[nodiscard]] bool apply(const LogRecord& record);

  std::vector<run::RunState> runs() const;
  /// Of a run, in their order.
  std::vector<run::BatchState> batches(const run::RunInstance& instance) const;
  std::vector<run::QuotaBlock> quota_blocks() const;
  std::vector<run::RefreshIntent> refresh_intents() const;
  std::vector<run::Owner> owners() const;

  /// How long a request of the owners since the last one that wrote `released`, without `own`, may yet be on its way:
  /// their longest lease, at least `margin`, and request time-out. None: there is nobody to be waited out.
  std::optional<std::chrono::milliseconds> unreleased_requests(const run::ClaimId& own,
                                                               std::chrono::milliseconds margin) const;

  struct LastOwner {
    run::Owner owner;
    std::int64_t offset = -1;
  };
  /// Of the last claim that wrote anything.
  std::optional<LastOwner> last_owner() const;

  /// Until when a request of the claim may have been on its way, by its last record. None: nothing is known of it.
  std::optional<run::UtcTime> requests_over(const run::ClaimId& claim, std::chrono::milliseconds margin) const;

 private:
  struct Entry {
    run::JournalRecord record;
    std::int64_t offset = -1;
  };
  template <class T>
  std::vector<T> all() const;
  std::vector<const Entry*> owners_in_order() const;

  std::map<std::string, Entry> records_;
  run::ClaimId writing_;
  std::map<run::ClaimId, run::UtcTime> last_record_at_;
};

}  // namespace delivery
