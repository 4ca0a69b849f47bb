#include "wire/result.hpp"

#include "wire/enums.hpp"
#include "wire/envelope.hpp"
#include "wire/parts.hpp"

namespace wire {
namespace {

namespace pb = segment_export::v1;

void write(const run::BatchReceipt& batch, pb::BatchReceipt& message) {
  message.set_batch_id(batch.batch_id.value);
  message.set_attempt(batch.attempt);
  message.set_activity_id(batch.activity_id.value);
  message.set_rows(batch.rows);
  message.set_bytes(batch.bytes);
  wire::write(batch.counts, *message.mutable_counts());
  message.set_possible_duplicate(batch.possible_duplicate);
}

run::BatchReceipt read(const pb::BatchReceipt& message) {
  return {.batch_id = {message.batch_id()},
          .attempt = message.attempt(),
          .activity_id = {message.activity_id()},
          .rows = message.rows(),
          .bytes = message.bytes(),
          .counts = wire::read(message.counts()),
          .possible_duplicate = message.possible_duplicate()};
}

void write(const run::Receipt& receipt, pb::Receipt& message) {
  wire::write(receipt.decided, *message.mutable_decided());
  wire::write(receipt.delivered, *message.mutable_delivered());
  for (const auto& segment : receipt.segments) wire::write(segment, *message.add_segments());
  for (const auto& count : receipt.reasons) wire::write(count, *message.add_reasons());
  for (const auto& batch : receipt.batches) write(batch, *message.add_batches());
  message.set_requests(receipt.requests);
  message.set_cap(receipt.cap);
  message.set_job_at_ms(milliseconds(receipt.job_at));
  message.set_sealed_at_ms(milliseconds(receipt.sealed_at));
  message.set_first_sent_at_ms(milliseconds(receipt.first_sent_at));
  message.set_ended_at_ms(milliseconds(receipt.ended_at));
  if (receipt.unknown_from) wire::write(*receipt.unknown_from, *message.mutable_unknown_from());
}

run::Receipt read(const pb::Receipt& message, Faults& faults) {
  run::Receipt receipt{.decided = wire::read(message.decided()),
                       .delivered = wire::read(message.delivered()),
                       .segments = {},
                       .reasons = {},
                       .batches = {},
                       .requests = message.requests(),
                       .cap = message.cap(),
                       .job_at = utc_time(message.job_at_ms()),
                       .sealed_at = utc_time(message.sealed_at_ms()),
                       .first_sent_at = utc_time(message.first_sent_at_ms()),
                       .ended_at = utc_time(message.ended_at_ms())};
  for (const auto& segment : message.segments()) receipt.segments.push_back(wire::read(segment));
  for (const auto& count : message.reasons()) receipt.reasons.push_back(wire::read(count, faults));
  for (const auto& batch : message.batches()) receipt.batches.push_back(read(batch));
  if (message.has_unknown_from()) receipt.unknown_from = wire::read(message.unknown_from());
  return receipt;
}

void write(const run::RunChanged& changed, pb::ResultEvent& event) {
  pb::RunChanged& message = *event.mutable_changed();
  message.set_status(to_message<pb::RunStatus>(changed.status));
  wire::write(changed.reason, *message.mutable_reason());
  message.set_since_ms(milliseconds(changed.since));
  message.set_released_by(changed.released_by);
  message.set_next_look_at_ms(milliseconds(changed.next_look_at));
  message.set_deadline_ms(milliseconds(changed.deadline));
  message.set_rows_accepted(changed.rows_accepted);
  message.set_rows_sent(changed.rows_sent);
  message.set_rows_ended(changed.rows_ended);
}

run::RunChanged read(const pb::RunChanged& message, Faults& faults) {
  return {.status = from_message(message.status(), run::RunStatus::failed, "status", faults),
          .reason = wire::read(message.reason(), faults),
          .since = utc_time(message.since_ms()),
          .released_by = message.released_by(),
          .next_look_at = optional_utc_time(message.next_look_at_ms()),
          .deadline = utc_time(message.deadline_ms()),
          .rows_accepted = message.rows_accepted(),
          .rows_sent = message.rows_sent(),
          .rows_ended = message.rows_ended()};
}

void write(const run::RunCompleted& completed, pb::ResultEvent& event) {
  pb::RunCompleted& message = *event.mutable_completed();
  message.set_status(to_message<pb::RunStatus>(completed.status));
  wire::write(completed.reason, *message.mutable_reason());
  for (const auto& warning : completed.warnings) wire::write(warning, *message.add_warnings());
  message.set_remedy(completed.remedy);
  write(completed.receipt, *message.mutable_receipt());
  if (completed.refers_to) wire::write(*completed.refers_to, *message.mutable_refers_to());
}

run::RunCompleted read(const pb::RunCompleted& message, Faults& faults) {
  run::RunCompleted completed{.status = from_message(message.status(), run::RunStatus::failed, "status", faults),
                              .reason = wire::read(message.reason(), faults),
                              .warnings = {},
                              .remedy = message.remedy(),
                              .receipt = read(message.receipt(), faults)};
  for (const auto& warning : message.warnings()) completed.warnings.push_back(wire::read(warning, faults));
  if (message.has_refers_to()) completed.refers_to = wire::read(message.refers_to());
  return completed;
}

void write(const run::NamedId& named, pb::RequestAnswer::NamedId& message) {
  message.set_id(named.id);
  message.set_name(named.name);
}

void write(const run::RequestAnswer& answer, pb::ResultEvent& event) {
  pb::RequestAnswer& message = *event.mutable_answer();
  message.set_request_id(answer.request_id);
  message.set_ok(answer.ok);
  wire::write(answer.reason, *message.mutable_reason());
  message.set_account_id(answer.account_id.value);
  message.set_organization_name(answer.organization_name);
  for (const auto& privilege : answer.privileges) message.add_privileges(privilege);
  for (const auto& list : answer.lists) write(list, *message.add_lists());
  for (const auto& field : answer.custom_fields) write(field, *message.add_custom_fields());
}

run::RequestAnswer read(const pb::RequestAnswer& message, Faults& faults) {
  run::RequestAnswer answer{.request_id = message.request_id(),
                            .ok = message.ok(),
                            .reason = wire::read(message.reason(), faults),
                            .account_id = {message.account_id()},
                            .organization_name = message.organization_name(),
                            .privileges = {message.privileges().begin(), message.privileges().end()},
                            .lists = {},
                            .custom_fields = {}};
  for (const auto& list : message.lists()) answer.lists.push_back({.id = list.id(), .name = list.name()});
  for (const auto& field : message.custom_fields()) {
    answer.custom_fields.push_back({.id = field.id(), .name = field.name()});
  }
  return answer;
}

}  // namespace

Result<run::ResultEvent> decode_result(std::string_view payload) {
  pb::ResultEvent message;
  if (!parse(payload, message)) return malformed("not a ResultEvent");
  run::ResultEvent event{.instance = wire::read(message.instance()),
                         .sequence = message.sequence(),
                         .at = utc_time(message.at_ms()),
                         .export_id = {message.export_id()},
                         .export_name = message.export_name(),
                         .connection_id = {message.connection_id()},
                         .application = {message.application()},
                         .refresh_id = message.refresh_id(),
                         .what = {}};
  Faults faults;
  switch (message.what_case()) {
    case pb::ResultEvent::kChanged:
      event.what = read(message.changed(), faults);
      break;
    case pb::ResultEvent::kCompleted:
      event.what = read(message.completed(), faults);
      break;
    case pb::ResultEvent::kAnswer:
      event.what = read(message.answer(), faults);
      break;
    case pb::ResultEvent::WHAT_NOT_SET: {
      const bool later = !message.GetReflection()->GetUnknownFields(message).empty();
      if (later) return Unreadable{Unreadable::Kind::unknown_kind, "a kind that this release does not know"};
      return malformed("no kind");
    }
  }
  return faults.value_or_fault(std::move(event));
}

std::string encode(const run::ResultEvent& event) {
  pb::ResultEvent message;
  wire::write(event.instance, *message.mutable_instance());
  message.set_sequence(event.sequence);
  message.set_at_ms(milliseconds(event.at));
  message.set_export_id(event.export_id.value);
  message.set_export_name(event.export_name);
  message.set_connection_id(event.connection_id.value);
  message.set_application(event.application.value);
  message.set_refresh_id(event.refresh_id);
  std::visit([&message](const auto& what) { write(what, message); }, event.what);
  return message.SerializeAsString();
}

}  // namespace wire
