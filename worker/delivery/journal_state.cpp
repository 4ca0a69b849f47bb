#include "delivery/journal_state.hpp"

#include <algorithm>
#include <utility>

#include "wire/journal.hpp"

namespace delivery {
namespace {

/// From an owner's last record to the end of a request that it may still have started.
std::chrono::milliseconds longest_request(const run::Owner& owner, std::chrono::milliseconds margin) {
  return std::max(owner.lease, margin) + owner.request_timeout;
}

}  // namespace

bool JournalState::apply(const LogRecord& record) {
  if (!record.value) {
    records_.erase(record.key);
    return true;
  }
  auto decoded = wire::decode_journal(*record.value);
  if (!decoded) return false;
  if (const auto* owner = std::get_if<run::Owner>(&*decoded)) writing_ = owner->claim_id;
  // Nothing of an older claim can follow a younger one's first record: the brokers fence it.
  if (!writing_.empty()) last_record_at_[writing_] = record.appended_at;
  records_.insert_or_assign(record.key, Entry{std::move(*decoded), record.offset});
  return true;
}

template <class T>
std::vector<T> JournalState::all() const {
  std::vector<T> found;
  for (const auto& [key, entry] : records_) {
    if (const auto* record = std::get_if<T>(&entry.record)) found.push_back(*record);
  }
  return found;
}

std::vector<run::RunState> JournalState::runs() const { return all<run::RunState>(); }
std::vector<run::QuotaBlock> JournalState::quota_blocks() const { return all<run::QuotaBlock>(); }
std::vector<run::RefreshIntent> JournalState::refresh_intents() const { return all<run::RefreshIntent>(); }
std::vector<run::Owner> JournalState::owners() const { return all<run::Owner>(); }

std::vector<run::BatchState> JournalState::batches(const run::RunInstance& instance) const {
  std::vector<run::BatchState> found;
  for (const auto& [key, entry] : records_) {
    const auto* batch = std::get_if<run::BatchState>(&entry.record);
    if (batch != nullptr && batch->instance == instance) found.push_back(*batch);
  }
  std::sort(found.begin(), found.end(), [](const auto& a, const auto& b) { return a.sequence < b.sequence; });
  return found;
}

std::vector<const JournalState::Entry*> JournalState::owners_in_order() const {
  std::vector<const Entry*> owners;
  for (const auto& [key, entry] : records_) {
    if (std::holds_alternative<run::Owner>(entry.record)) owners.push_back(&entry);
  }
  std::sort(owners.begin(), owners.end(), [](const Entry* a, const Entry* b) { return a->offset < b->offset; });
  return owners;
}

std::optional<std::chrono::milliseconds> JournalState::unreleased_requests(const run::ClaimId& own,
                                                                           std::chrono::milliseconds margin) const {
  std::optional<std::chrono::milliseconds> longest;
  for (const auto* entry : owners_in_order()) {
    const auto& owner = std::get<run::Owner>(entry->record);
    if (owner.claim_id == own) continue;
    if (owner.released) {
      longest.reset();
    } else {
      longest = std::max(longest.value_or(margin), longest_request(owner, margin));
    }
  }
  return longest;
}

std::optional<JournalState::LastOwner> JournalState::last_owner() const {
  const auto owners = owners_in_order();
  if (owners.empty()) return std::nullopt;
  return LastOwner{std::get<run::Owner>(owners.back()->record), owners.back()->offset};
}

std::optional<run::UtcTime> JournalState::requests_over(const run::ClaimId& claim,
                                                        std::chrono::milliseconds margin) const {
  const auto last = last_record_at_.find(claim);
  if (last == last_record_at_.end()) return std::nullopt;
  for (const auto* entry : owners_in_order()) {
    const auto& owner = std::get<run::Owner>(entry->record);
    if (owner.claim_id == claim) return last->second + longest_request(owner, margin);
  }
  return std::nullopt;
}

}  // namespace delivery
