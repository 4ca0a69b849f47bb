#include "wire/parts.hpp"

#include "wire/enums.hpp"

namespace wire {

namespace pb = segment_export::v1;

void write(const run::RunInstance& instance, pb::RunInstance& message) {
  message.set_run_id(instance.run_id.value);
  message.set_partition(instance.partition);
  message.set_job_offset(instance.job_offset);
}

run::RunInstance read(const pb::RunInstance& message) {
  return {.run_id = {message.run_id()}, .partition = message.partition(), .job_offset = message.job_offset()};
}

void write(run::Position position, pb::Position& message) {
  message.set_offset(position.offset);
  message.set_index(position.index);
}

run::Position read(const pb::Position& message) { return {.offset = message.offset(), .index = message.index()}; }

void write(const run::DecisionCounts& counts, pb::DecisionCounts& message) {
  message.set_received(counts.received);
  message.set_accepted(counts.accepted);
  message.set_invalid(counts.invalid);
  message.set_duplicate(counts.duplicate);
  message.set_over_cap(counts.over_cap);
  message.set_undecodable(counts.undecodable);
}

run::DecisionCounts read(const pb::DecisionCounts& message) {
  return {.received = message.received(),
          .accepted = message.accepted(),
          .invalid = message.invalid(),
          .duplicate = message.duplicate(),
          .over_cap = message.over_cap(),
          .undecodable = message.undecodable()};
}

void write(const run::DeliveryCounts& counts, pb::DeliveryCounts& message) {
  message.set_imported(counts.imported);
  message.set_unsubscribed(counts.unsubscribed);
  message.set_refused(counts.refused);
  message.set_failed(counts.failed);
  message.set_unknown(counts.unknown);
  message.set_not_sent(counts.not_sent);
}

run::DeliveryCounts read(const pb::DeliveryCounts& message) {
  return {.imported = message.imported(),
          .unsubscribed = message.unsubscribed(),
          .refused = message.refused(),
          .failed = message.failed(),
          .unknown = message.unknown(),
          .not_sent = message.not_sent()};
}

void write(const run::SegmentReceipt& receipt, pb::SegmentReceipt& message) {
  message.set_segment_id(receipt.id.value);
  message.set_name(receipt.name);
  write(receipt.decided, *message.mutable_decided());
  if (receipt.expected_members) message.set_expected_members(*receipt.expected_members);
  if (receipt.members_sent) message.set_members_sent(*receipt.members_sent);
  message.set_ended(receipt.ended);
}

run::SegmentReceipt read(const pb::SegmentReceipt& message) {
  run::SegmentReceipt receipt{.id = {message.segment_id()},
                              .name = message.name(),
                              .decided = read(message.decided()),
                              .ended = message.ended()};
  if (message.has_expected_members()) receipt.expected_members = message.expected_members();
  if (message.has_members_sent()) receipt.members_sent = message.members_sent();
  return receipt;
}

void write(const run::ReasonCount& count, pb::ReasonCount& message) {
  message.set_reason(to_message(count.reason));
  message.set_rule(count.rule);
  message.set_members(count.members);
}

run::ReasonCount read(const pb::ReasonCount& message, Faults& faults) {
  return {.reason = from_message(message.reason(), faults), .rule = message.rule(), .members = message.members()};
}

void write(const run::ReasonNote& note, pb::ReasonNote& message) {
  message.set_reason(to_message(note.reason));
  // The class has UNSPECIFIED for none and otherwise the same order.
  message.set_reason_class(static_cast<pb::ReasonClass>(run::class_of(note.reason)));
  message.set_detail(note.detail);
}

run::ReasonNote read(const pb::ReasonNote& message, Faults& faults) {
  return {.reason = from_message(message.reason(), faults), .detail = message.detail()};
}

void write(const run::RunOpened& opened, pb::RunOpened& message) {
  write(opened.instance, *message.mutable_instance());
  write(opened.job, *message.mutable_job());
  message.set_job_at_ms(milliseconds(opened.job_at));
  message.set_rule_set(opened.rule_set);
  message.set_trace_parent(opened.trace_parent);
}

run::RunOpened read(const pb::RunOpened& message, Faults& faults) {
  require(message.has_instance(), "instance", faults);
  require(message.has_job(), "job", faults);
  return {.instance = read(message.instance()),
          .job = read(message.job(), faults),
          .job_at = utc_time(message.job_at_ms()),
          .rule_set = message.rule_set(),
          .trace_parent = message.trace_parent()};
}

void write(const run::RunSealed& sealed, pb::RunSealed& message) {
  write(sealed.instance, *message.mutable_instance());
  write(sealed.prev, *message.mutable_prev());
  write(sealed.at, *message.mutable_at());
  message.set_cause(to_message<pb::RunSealed::Cause>(sealed.cause));
  write(sealed.totals, *message.mutable_totals());
  for (const auto& segment : sealed.segments) write(segment, *message.add_segments());
  write(sealed.unknown_segments, *message.mutable_unknown_segments());
  for (const auto& count : sealed.reasons) write(count, *message.add_reasons());
  message.set_rule_set(sealed.rule_set);
  message.set_sealed_at_ms(milliseconds(sealed.sealed_at));
}

run::RunSealed read(const pb::RunSealed& message, Faults& faults) {
  require(message.has_instance(), "instance", faults);
  require(message.has_prev(), "prev", faults);
  require(message.has_at(), "at", faults);
  run::RunSealed sealed{.instance = read(message.instance()),
                        .prev = read(message.prev()),
                        .at = read(message.at()),
                        .cause = from_message(message.cause(), run::SealCause::input_lost, "cause", faults),
                        .totals = read(message.totals()),
                        .segments = {},
                        .unknown_segments = read(message.unknown_segments()),
                        .reasons = {},
                        .rule_set = message.rule_set(),
                        .sealed_at = utc_time(message.sealed_at_ms())};
  for (const auto& segment : message.segments()) sealed.segments.push_back(read(segment));
  for (const auto& count : message.reasons()) sealed.reasons.push_back(read(count, faults));
  return sealed;
}

}  // namespace wire
