#include "cli/receipt_json.hpp"

#include <optional>

#include <boost/json/array.hpp>
#include <boost/json/value.hpp>

#include "cli/time_text.hpp"
#include "run/reason.hpp"

namespace cli {
namespace {

namespace json = boost::json;

json::value time_json(run::UtcTime time) {
  if (time == run::UtcTime{}) return nullptr;
  return json::value(rfc3339(time));
}

json::value count_json(const std::optional<std::uint64_t>& count) {
  if (!count) return nullptr;
  return *count;
}

json::object instance_json(const run::RunInstance& instance) {
  return {{"run_id", instance.run_id.value}, {"partition", instance.partition}, {"job_offset", instance.job_offset}};
}

json::object delivered_json(const run::DeliveryCounts& counts) {
  return {{"imported", counts.imported}, {"unsubscribed", counts.unsubscribed}, {"refused", counts.refused},
          {"failed", counts.failed},     {"unknown", counts.unknown},           {"not_sent", counts.not_sent}};
}

json::array batches_json(const std::vector<run::BatchReceipt>& batches) {
  json::array array;
  for (const run::BatchReceipt& batch : batches) {
    array.push_back(json::object{{"batch_id", batch.batch_id.value},
                                 {"attempt", batch.attempt},
                                 {"activity_id", batch.activity_id.value},
                                 {"rows", batch.rows},
                                 {"bytes", batch.bytes},
                                 {"delivered", delivered_json(batch.counts)},
                                 {"possible_duplicate", batch.possible_duplicate}});
  }
  return array;
}

json::object accounts_json(const run::Receipt& receipt) {
  json::object object{{"decided", counts_json(receipt.decided)},
                      {"delivered", delivered_json(receipt.delivered)},
                      {"segments", segments_json(receipt.segments)},
                      {"reasons", reasons_json(receipt.reasons)},
                      {"batches", batches_json(receipt.batches)},
                      {"requests", receipt.requests},
                      {"cap", receipt.cap},
                      {"job_at", time_json(receipt.job_at)},
                      {"sealed_at", time_json(receipt.sealed_at)},
                      {"first_sent_at", time_json(receipt.first_sent_at)},
                      {"ended_at", time_json(receipt.ended_at)}};
  if (receipt.unknown_from) {
    object["unknown_from"] =
        json::object{{"offset", receipt.unknown_from->offset}, {"index", receipt.unknown_from->index}};
  }
  return object;
}

json::object head_json(const run::ResultEvent& event, run::RunStatus status, const run::ReasonNote& reason) {
  return {{"run_id", event.instance.run_id.value},
          {"instance", instance_json(event.instance)},
          {"export_id", event.export_id.value},
          {"export_name", event.export_name},
          {"connection_id", event.connection_id.value},
          {"status", run::name(status)},
          {"reason", note_json(reason)}};
}

}  // namespace

json::value note_json(const run::ReasonNote& note) {
  if (note.reason == run::Reason::none) return nullptr;
  return json::object{
      {"reason", run::name(note.reason)}, {"class", run::name(run::class_of(note.reason))}, {"detail", note.detail}};
}

json::object counts_json(const run::DecisionCounts& counts) {
  return {{"received", counts.received},   {"accepted", counts.accepted}, {"invalid", counts.invalid},
          {"duplicate", counts.duplicate}, {"over_cap", counts.over_cap}, {"undecodable", counts.undecodable}};
}

json::array segments_json(std::span<const run::SegmentReceipt> segments) {
  json::array array;
  for (const run::SegmentReceipt& segment : segments) {
    array.push_back(json::object{{"id", segment.id.value},
                                 {"name", segment.name},
                                 {"decided", counts_json(segment.decided)},
                                 {"expected_members", count_json(segment.expected_members)},
                                 {"members_sent", count_json(segment.members_sent)}});
  }
  return array;
}

json::array reasons_json(std::span<const run::ReasonCount> reasons) {
  json::array array;
  for (const run::ReasonCount& count : reasons) {
    array.push_back(
        json::object{{"reason", run::name(count.reason)}, {"rule", count.rule}, {"members", count.members}});
  }
  return array;
}

json::object receipt_json(const run::ResultEvent& event, const run::RunCompleted& completed) {
  json::object object = head_json(event, completed.status, completed.reason);
  json::array warnings;
  for (const run::ReasonNote& warning : completed.warnings) warnings.push_back(note_json(warning));
  object["warnings"] = std::move(warnings);
  object["remedy"] = completed.remedy;
  if (completed.refers_to) object["refers_to"] = instance_json(*completed.refers_to);
  object["receipt"] = accounts_json(completed.receipt);
  return object;
}

json::object state_json(const run::ResultEvent& event, const run::RunChanged& changed) {
  json::object object = head_json(event, changed.status, changed.reason);
  object["since"] = time_json(changed.since);
  object["released_by"] = changed.released_by;
  object["next_look_at"] = time_json(changed.next_look_at.value_or(run::UtcTime{}));
  object["deadline"] = time_json(changed.deadline);
  object["rows_accepted"] = changed.rows_accepted;
  object["rows_sent"] = changed.rows_sent;
  object["rows_ended"] = changed.rows_ended;
  return object;
}

void add_repeats(json::object& run, std::span<const run::RunInstance> repeats) {
  if (repeats.empty()) return;
  json::array array;
  for (const run::RunInstance& repeat : repeats) array.push_back(instance_json(repeat));
  run["repeats"] = std::move(array);
}

}  // namespace cli
