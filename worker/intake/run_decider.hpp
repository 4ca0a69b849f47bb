#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <boost/unordered/unordered_flat_map.hpp>

#include "contact/dedupe_set.hpp"
#include "contact/mapping.hpp"
#include "intake/settings.hpp"
#include "run/decided.hpp"
#include "wire/input.hpp"

namespace intake {

enum class Verdict : std::uint8_t { accepted, invalid, duplicate, over_cap, undecodable };
inline constexpr std::size_t verdict_count = static_cast<std::size_t>(Verdict::undecodable) + 1;

struct Decision {
  Verdict verdict = Verdict::accepted;
  run::Reason reason = run::Reason::none;
  std::string_view rule{};            ///< Which rule of the address, or which field; valid as long as the decider.
  const contact::Row* row = nullptr;  ///< Of a valid member, also a repeated one; valid until the next decision.
};

/// The cap that counts for a job.
std::uint64_t effective_cap(const run::ExportJob& job, const Rules& rules);

/// Decides about the members of one run, one after the other, and keeps the sums.
///
/// Knows nothing of Kafka: intake and the command line's `check` use the same one. A pure function of the job and of
/// the sequence of calls; the key changes no decision.
class RunDecider {
 public:
  RunDecider(const run::ExportJob& job, const Rules& rules, const contact::DedupeKey& key);

  /// Index into the job's segments; none: the job does not name it.
  std::optional<std::uint32_t> segment(std::string_view id);

  Decision decide(std::optional<std::uint32_t> segment, const wire::Member& member);
  /// A record of the run that could not be read.
  void count_undecodable() { ++undecodable_; }

  /// Only the first end of a segment counts; true if it was the last one open.
  bool end_segment(std::string_view id, std::optional<std::uint64_t> members_sent);
  bool all_ended() const;

  std::uint64_t cap() const { return cap_; }
  std::uint64_t addresses() const { return addresses_.size(); }
  std::size_t memory_bytes() const { return addresses_.memory_bytes(); }

  const std::vector<run::SegmentReceipt>& segments() const { return segments_; }
  const run::DecisionCounts& unknown_segments() const { return unknown_segments_; }
  run::DecisionCounts totals() const;
  /// Of the members that were not accepted; ascending by reason and rule.
  std::vector<run::ReasonCount> reasons() const;

 private:
  static constexpr std::size_t email_fault_count = static_cast<std::size_t>(contact::EmailFault::too_long) + 1;

  struct FieldFaults {
    std::string name;
    std::uint64_t invalid_utf8 = 0;
    std::uint64_t too_long = 0;
  };

  Decision refuse(const contact::MemberFault& fault);

  contact::Mapper mapper_;
  contact::DedupeSet addresses_;
  std::uint64_t cap_;
  std::optional<contact::Row> row_;

  boost::unordered_flat_map<std::string, std::uint32_t> segment_index_;
  std::string last_segment_;  ///< Members of a segment come in a row: most look-ups need no hash.
  std::optional<std::uint32_t> last_segment_index_;

  std::vector<run::SegmentReceipt> segments_;
  run::DecisionCounts unknown_segments_;
  std::uint64_t undecodable_ = 0;

  std::uint64_t missing_email_ = 0;
  std::uint64_t email_not_utf8_ = 0;
  std::array<std::uint64_t, email_fault_count> email_faults_{};
  std::vector<FieldFaults> field_faults_;
};

}  // namespace intake
