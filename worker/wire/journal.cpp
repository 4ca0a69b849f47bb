#include "wire/journal.hpp"

#include <algorithm>

#include "wire/enums.hpp"
#include "wire/envelope.hpp"
#include "wire/keys.hpp"
#include "wire/parts.hpp"

namespace wire {
namespace {

namespace pb = segment_export::v1;

void write(const run::Owner& owner, pb::JournalMessage& record) {
  pb::Owner& message = *record.mutable_owner();
  message.set_claim_id(owner.claim_id.value);
  message.set_process(owner.process);
  message.set_request_timeout_ms(static_cast<std::uint32_t>(owner.request_timeout.count()));
  message.set_lease_ms(static_cast<std::uint32_t>(owner.lease.count()));
  message.set_released(owner.released);
  message.set_heartbeat(owner.heartbeat);
  message.set_claimed_at_ms(milliseconds(owner.claimed_at));
}

run::Owner read(const pb::Owner& message, Faults&) {
  return {.claim_id = {message.claim_id()},
          .process = message.process(),
          .request_timeout = std::chrono::milliseconds{message.request_timeout_ms()},
          .lease = std::chrono::milliseconds{message.lease_ms()},
          .released = message.released(),
          .heartbeat = message.heartbeat(),
          .claimed_at = utc_time(message.claimed_at_ms())};
}

void write(const run::RangeReference& range, pb::RangeReference& message) {
  message.set_outbox_offset(range.outbox_offset);
  wire::write(range.prev, *message.mutable_prev());
  wire::write(range.first, *message.mutable_first());
  wire::write(range.last, *message.mutable_last());
  message.set_rows(range.rows);
  message.set_bytes(range.bytes);
  message.set_rejects(range.rejects);
}

run::RangeReference read(const pb::RangeReference& message, Faults& faults) {
  require(message.has_prev(), "index.prev", faults);
  require(message.has_first(), "index.first", faults);
  require(message.has_last(), "index.last", faults);
  return {.outbox_offset = message.outbox_offset(),
          .prev = wire::read(message.prev()),
          .first = wire::read(message.first()),
          .last = wire::read(message.last()),
          .rows = message.rows(),
          .rejects = message.rejects(),
          .bytes = message.bytes()};
}

std::optional<run::JournalledIndex> read_index(const pb::RunState& message, Faults& faults) {
  if (!message.has_opened() && !message.has_seal() && message.index().empty()) return std::nullopt;
  require(message.has_opened(), "opened beside an index", faults);
  require(message.has_seal(), "seal beside an index", faults);
  run::JournalledIndex index{
      .opened = wire::read(message.opened(), faults), .ranges = {}, .sealed = wire::read(message.seal(), faults)};
  index.ranges.reserve(static_cast<std::size_t>(message.index_size()));
  for (const auto& range : message.index()) index.ranges.push_back(read(range, faults));
  return index;
}

void write(const run::RunState& run, pb::JournalMessage& record) {
  pb::RunState& message = *record.mutable_run();
  wire::write(run.instance, *message.mutable_instance());
  message.set_export_id(run.export_id.value);
  message.set_connection_id(run.connection_id.value);
  message.set_application(run.application.value);
  message.set_job_at_ms(milliseconds(run.job_at));
  message.set_deadline_ms(milliseconds(run.deadline));
  message.set_sequence(run.sequence);
  message.set_status(to_message<pb::RunStatus>(run.status));
  wire::write(run.reason, *message.mutable_reason());
  message.set_since_ms(milliseconds(run.since));
  message.set_account_id(run.account_id.value);
  message.set_grant_id(run.grant_id.value);
  message.set_has_intent(run.has_intent);
  message.set_first_sent_at_ms(milliseconds(run.first_sent_at));
  message.set_requests(run.requests);
  if (run.rejects_out_to) wire::write(*run.rejects_out_to, *message.mutable_rejects_out_to());
  for (const auto& warning : run.warnings) wire::write(warning, *message.add_warnings());
  message.set_opened_at_offset(run.opened_at_offset);
  if (run.index) {
    for (const auto& range : run.index->ranges) write(range, *message.add_index());
    wire::write(run.index->sealed, *message.mutable_seal());
    wire::write(run.index->opened, *message.mutable_opened());
  }
  message.set_stopping(run.stopping);
  if (run.refers_to) wire::write(*run.refers_to, *message.mutable_refers_to());
  message.set_redrive_of_run_id(run.redrive_of.value);
  message.set_finished(run.finished);
  message.set_finished_at_ms(milliseconds(run.finished_at));
}

run::RunState read(const pb::RunState& message, Faults& faults) {
  require(message.has_instance(), "instance", faults);
  run::RunState run{.instance = wire::read(message.instance()),
                    .export_id = {message.export_id()},
                    .connection_id = {message.connection_id()},
                    .application = {message.application()},
                    .job_at = utc_time(message.job_at_ms()),
                    .deadline = utc_time(message.deadline_ms()),
                    .sequence = message.sequence(),
                    .status = from_message(message.status(), run::RunStatus::failed, "status", faults),
                    .reason = wire::read(message.reason(), faults),
                    .since = utc_time(message.since_ms()),
                    .account_id = {message.account_id()},
                    .grant_id = {message.grant_id()},
                    .has_intent = message.has_intent(),
                    .first_sent_at = utc_time(message.first_sent_at_ms()),
                    .requests = message.requests(),
                    .warnings = {},
                    .opened_at_offset = message.opened_at_offset(),
                    .index = read_index(message, faults),
                    .stopping = message.stopping(),
                    .redrive_of = {message.redrive_of_run_id()},
                    .finished = message.finished(),
                    .finished_at = utc_time(message.finished_at_ms())};
  if (message.has_rejects_out_to()) run.rejects_out_to = wire::read(message.rejects_out_to());
  for (const auto& warning : message.warnings()) run.warnings.push_back(wire::read(warning, faults));
  if (message.has_refers_to()) run.refers_to = wire::read(message.refers_to());
  return run;
}

void write(const run::BatchState& batch, pb::JournalMessage& record) {
  pb::BatchState& message = *record.mutable_batch();
  wire::write(batch.instance, *message.mutable_instance());
  message.set_batch_id(batch.batch_id.value);
  message.set_attempt(batch.attempt);
  wire::write(batch.first, *message.mutable_first());
  wire::write(batch.last, *message.mutable_last());
  message.set_split_path(batch.split_path);
  message.set_rows(batch.rows);
  message.set_bytes(batch.bytes);
  message.set_body_sha256(batch.body_sha256.data(), batch.body_sha256.size());
  message.set_encoder(batch.encoder);
  for (const auto& list : batch.list_ids) message.add_list_ids(list.value);
  for (const auto& column : batch.columns) message.add_columns(column);
  message.set_phase(to_message<pb::BatchState::Phase>(batch.phase));
  message.set_activity_id(batch.activity_id.value);
  message.set_account_id(batch.account_id.value);
  message.set_intent_at_ms(milliseconds(batch.intent_at));
  message.set_claim_id(batch.claim_id.value);
  wire::write(batch.counts, *message.mutable_counts());
  message.set_reason(to_message(batch.reason));
  message.set_possible_duplicate(batch.possible_duplicate);
  message.set_submitted_at_ms(milliseconds(batch.submitted_at));
  message.set_ended_at_ms(milliseconds(batch.ended_at));
  message.set_sequence(batch.sequence);
  message.set_activity_state(batch.activity_state);
  message.set_detail(batch.detail);
}

run::BatchState read(const pb::BatchState& message, Faults& faults) {
  require(message.has_instance(), "instance", faults);
  require(message.has_first(), "first", faults);
  require(message.has_last(), "last", faults);
  run::BatchState batch{.instance = wire::read(message.instance()),
                        .batch_id = {message.batch_id()},
                        .attempt = message.attempt(),
                        .first = wire::read(message.first()),
                        .last = wire::read(message.last()),
                        .split_path = message.split_path(),
                        .rows = message.rows(),
                        .bytes = message.bytes(),
                        .encoder = message.encoder(),
                        .list_ids = {},
                        .columns = {message.columns().begin(), message.columns().end()},
                        .phase = from_message(message.phase(), run::BatchPhase::refused, "phase", faults),
                        .activity_id = {message.activity_id()},
                        .account_id = {message.account_id()},
                        .intent_at = utc_time(message.intent_at_ms()),
                        .claim_id = {message.claim_id()},
                        .counts = wire::read(message.counts()),
                        .reason = from_message(message.reason(), faults),
                        .possible_duplicate = message.possible_duplicate(),
                        .submitted_at = utc_time(message.submitted_at_ms()),
                        .ended_at = utc_time(message.ended_at_ms()),
                        .sequence = message.sequence(),
                        .activity_state = message.activity_state(),
                        .detail = message.detail()};
  if (message.body_sha256().size() == batch.body_sha256.size()) {
    std::ranges::transform(message.body_sha256(), batch.body_sha256.begin(),
                           [](char byte) { return static_cast<std::uint8_t>(byte); });
  } else {
    faults.malformed("body_sha256 is not 32 bytes");
  }
  for (const auto& list : message.list_ids()) batch.list_ids.push_back({list});
  return batch;
}

void write(const run::QuotaBlock& quota, pb::JournalMessage& record) {
  pb::QuotaBlock& message = *record.mutable_quota();
  message.set_application(quota.application.value);
  message.set_utc_day(static_cast<std::int32_t>(quota.day.time_since_epoch().count()));
  message.set_reserved(quota.reserved);
}

run::QuotaBlock read(const pb::QuotaBlock& message, Faults&) {
  return {.application = {message.application()},
          .day = std::chrono::sys_days{std::chrono::days{message.utc_day()}},
          .reserved = message.reserved()};
}

void write(const run::RefreshIntent& intent, pb::JournalMessage& record) {
  pb::RefreshIntent& message = *record.mutable_refresh();
  message.set_application(intent.application.value);
  message.set_connection_id(intent.connection_id.value);
  message.set_grant_id(intent.grant_id.value);
  message.set_generation(intent.generation);
  message.set_at_ms(milliseconds(intent.at));
  message.set_tries(intent.tries);
}

run::RefreshIntent read(const pb::RefreshIntent& message, Faults&) {
  return {.application = {message.application()},
          .connection_id = {message.connection_id()},
          .grant_id = {message.grant_id()},
          .generation = message.generation(),
          .at = utc_time(message.at_ms()),
          .tries = message.tries()};
}

std::string key(const run::Owner& owner) { return "owner/" + owner.claim_id.value; }
std::string key(const run::RunState& run) { return "run/" + instance_key(run.instance); }
std::string key(const run::BatchState& batch) { return "batch/" + batch.batch_id.value; }
std::string key(const run::QuotaBlock& quota) { return "quota/" + quota.application.value + '/' + date(quota.day); }
std::string key(const run::RefreshIntent& intent) {
  return "refresh/" + key_part(intent.application.value) + '/' + key_part(intent.connection_id.value);
}

template <class Message>
Result<run::JournalRecord> decode(std::string_view body) {
  Message message;
  if (!parse(body, message)) return malformed("not a journal record");
  Faults faults;
  run::JournalRecord record = read(message, faults);
  return faults.value_or_fault(std::move(record));
}

}  // namespace

Result<run::JournalRecord> decode_journal(std::string_view payload) {
  const auto envelope = open_envelope(payload, pb::JournalMessage::kRefresh);
  if (!envelope) return envelope.error();
  switch (envelope->kind) {
    case pb::JournalMessage::kOwner:
      return decode<pb::Owner>(envelope->body);
    case pb::JournalMessage::kRun:
      return decode<pb::RunState>(envelope->body);
    case pb::JournalMessage::kBatch:
      return decode<pb::BatchState>(envelope->body);
    case pb::JournalMessage::kQuota:
      return decode<pb::QuotaBlock>(envelope->body);
    default:
      return decode<pb::RefreshIntent>(envelope->body);
  }
}

std::string encode(const run::JournalRecord& record) {
  pb::JournalMessage message;
  std::visit([&message](const auto& kind) { write(kind, message); }, record);
  return message.SerializeAsString();
}

std::string key_of(const run::JournalRecord& record) {
  return std::visit([](const auto& kind) { return key(kind); }, record);
}

}  // namespace wire
