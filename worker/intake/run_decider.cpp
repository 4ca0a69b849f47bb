#include "intake/run_decider.hpp"

#include <algorithm>
#include <map>
#include <utility>
#include <variant>

namespace intake {
namespace {

std::string field_name(const contact::FieldTarget& target) {
  const auto* const standard = std::get_if<contact::StandardField>(&target);
  return standard != nullptr ? std::string{contact::name(*standard)} : std::get<contact::CustomField>(target).reference;
}

}  // namespace

std::uint64_t effective_cap(const run::ExportJob& job, const Rules& rules) {
  return std::min(job.cap == 0 ? rules.default_cap : job.cap, rules.most_cap);
}

RunDecider::RunDecider(const run::ExportJob& job, const Rules& rules, const contact::DedupeKey& key)
    : mapper_{job.mapping, contact::FieldBounds{rules.field_bounds}, rules.email},
      addresses_{key},
      cap_{effective_cap(job, rules)} {
  segments_.reserve(job.segments.size());
  for (const run::Segment& segment : job.segments) {
    segment_index_.emplace(segment.id.value, static_cast<std::uint32_t>(segments_.size()));
    segments_.push_back({.id = segment.id,
                         .name = segment.name,
                         .decided = {},
                         .expected_members = segment.expected_members,
                         .members_sent = {},
                         .ended = false});
  }
  field_faults_.reserve(job.mapping.fields.size());
  for (const contact::MappedField& field : job.mapping.fields) {
    field_faults_.push_back({.name = field_name(field.target)});
  }
}

std::optional<std::uint32_t> RunDecider::segment(std::string_view id) {
  if (last_segment_index_ && id == last_segment_) return last_segment_index_;
  last_segment_ = id;
  const auto found = segment_index_.find(last_segment_);
  if (found == segment_index_.end()) {
    last_segment_index_.reset();
  } else {
    last_segment_index_ = found->second;
  }
  return last_segment_index_;
}

Decision RunDecider::decide(std::optional<std::uint32_t> segment, const wire::Member& member) {
  if (member.out_of_bounds) {
    ++undecodable_;
    return {.verdict = Verdict::undecodable};
  }
  if (!segment) {
    ++unknown_segments_.received;
    ++unknown_segments_.invalid;
    return {.verdict = Verdict::invalid, .reason = run::Reason::unknown_segment};
  }
  run::DecisionCounts& counts = segments_[*segment].decided;
  ++counts.received;
  if (const auto fault = mapper_.decide(member.attributes, row_)) {
    ++counts.invalid;
    return refuse(*fault);
  }
  const contact::Row& row = *row_;
  if (addresses_.size() < cap_) {
    if (addresses_.insert(row.email)) {
      ++counts.accepted;
      return {.verdict = Verdict::accepted, .row = &row};
    }
  } else if (!addresses_.contains(row.email)) {
    ++counts.over_cap;
    return {.verdict = Verdict::over_cap, .reason = run::Reason::over_cap, .row = &row};
  }
  ++counts.duplicate;
  return {.verdict = Verdict::duplicate, .reason = run::Reason::duplicate, .row = &row};
}

Decision RunDecider::refuse(const contact::MemberFault& fault) {
  using Kind = contact::MemberFault::Kind;
  Decision decision{.verdict = Verdict::invalid};
  switch (fault.kind) {
    case Kind::missing_email:
      ++missing_email_;
      decision.reason = run::Reason::missing_email;
      break;
    case Kind::invalid_email: {
      const auto rule = fault.email_rule.value_or(contact::EmailFault::empty);
      ++email_faults_[static_cast<std::size_t>(rule)];
      decision.reason = run::Reason::invalid_email;
      decision.rule = contact::name(rule);
      break;
    }
    case Kind::invalid_utf8:
      decision.reason = run::Reason::invalid_utf8;
      if (fault.field) {
        ++field_faults_[*fault.field].invalid_utf8;
        decision.rule = field_faults_[*fault.field].name;
      } else {
        ++email_not_utf8_;
      }
      break;
    case Kind::field_too_long:
      decision.reason = run::Reason::field_too_long;
      if (fault.field) {
        ++field_faults_[*fault.field].too_long;
        decision.rule = field_faults_[*fault.field].name;
      }
      break;
  }
  return decision;
}

bool RunDecider::end_segment(std::string_view id, std::optional<std::uint64_t> members_sent) {
  const auto index = segment(id);
  if (!index || segments_[*index].ended) return false;
  segments_[*index].ended = true;
  segments_[*index].members_sent = members_sent;
  return all_ended();
}

bool RunDecider::all_ended() const {
  return std::ranges::all_of(segments_, [](const run::SegmentReceipt& segment) { return segment.ended; });
}

run::DecisionCounts RunDecider::totals() const {
  run::DecisionCounts totals = unknown_segments_;
  for (const run::SegmentReceipt& segment : segments_) totals += segment.decided;
  totals.received += undecodable_;
  totals.undecodable += undecodable_;
  return totals;
}

std::vector<run::ReasonCount> RunDecider::reasons() const {
  std::map<std::pair<run::Reason, std::string>, std::uint64_t> sums;
  const auto add = [&sums](run::Reason reason, std::string rule, std::uint64_t members) {
    if (members > 0) sums[{reason, std::move(rule)}] += members;
  };
  const auto all = totals();
  add(run::Reason::duplicate, "", all.duplicate);
  add(run::Reason::over_cap, "", all.over_cap);
  add(run::Reason::unknown_segment, "", unknown_segments_.invalid);
  add(run::Reason::missing_email, "", missing_email_);
  add(run::Reason::invalid_utf8, "", email_not_utf8_);
  for (std::size_t fault = 0; fault < email_faults_.size(); ++fault) {
    add(run::Reason::invalid_email, std::string{contact::name(static_cast<contact::EmailFault>(fault))},
        email_faults_[fault]);
  }
  for (const FieldFaults& field : field_faults_) {
    add(run::Reason::invalid_utf8, field.name, field.invalid_utf8);
    add(run::Reason::field_too_long, field.name, field.too_long);
  }
  std::vector<run::ReasonCount> reasons;
  reasons.reserve(sums.size());
  for (const auto& [what, members] : sums) {
    reasons.push_back({.reason = what.first, .rule = what.second, .members = members});
  }
  return reasons;
}

}  // namespace intake
