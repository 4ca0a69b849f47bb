#include "wire/enums.hpp"
#include "wire/envelope.hpp"
#include "wire/parts.hpp"
#include "wire/result.hpp"

namespace wire {
namespace {

namespace pb = segment_export::v1;

run::RejectedMember read(const pb::RejectedMember& message, Faults& faults) {
  require(message.has_instance(), "instance", faults);
  require(message.has_position(), "position", faults);
  return {.instance = wire::read(message.instance()),
          .position = wire::read(message.position()),
          .segment_id = {message.segment_id()},
          .profile_id = message.profile_id(),
          .reason = from_message(message.reason(), faults),
          .rule = message.rule()};
}

run::DeadLetter read(const pb::DeadLetter& message, Faults& faults) {
  return {.topic = message.topic(),
          .partition = message.partition(),
          .offset = message.offset(),
          .lost_until = message.lost_until(),
          .cause = from_message(message.cause(), run::DeadCause::lost_span, "cause", faults),
          .detail = message.detail(),
          .key = message.key(),
          .payload = message.payload(),
          .payload_bytes = message.payload_bytes(),
          .payload_sha256 = message.payload_sha256()};
}

template <class Message>
Result<RejectRecord> decode(std::string_view body) {
  Message message;
  if (!parse(body, message)) return malformed("not a reject record");
  Faults faults;
  RejectRecord record = read(message, faults);
  return faults.value_or_fault(std::move(record));
}

}  // namespace

Result<RejectRecord> decode_reject(std::string_view payload) {
  const auto envelope = open_envelope(payload, pb::RejectMessage::kDeadLetter);
  if (!envelope) return envelope.error();
  if (envelope->kind == pb::RejectMessage::kMember) return decode<pb::RejectedMember>(envelope->body);
  return decode<pb::DeadLetter>(envelope->body);
}

std::string encode(const run::RejectedMember& member) {
  pb::RejectMessage record;
  pb::RejectedMember& message = *record.mutable_member();
  write(member.instance, *message.mutable_instance());
  write(member.position, *message.mutable_position());
  message.set_segment_id(member.segment_id.value);
  message.set_profile_id(member.profile_id);
  message.set_reason(to_message(member.reason));
  message.set_rule(member.rule);
  return record.SerializeAsString();
}

std::string encode(const run::DeadLetter& letter) {
  pb::RejectMessage record;
  pb::DeadLetter& message = *record.mutable_dead_letter();
  message.set_topic(letter.topic);
  message.set_partition(letter.partition);
  message.set_offset(letter.offset);
  message.set_lost_until(letter.lost_until);
  message.set_cause(to_message<pb::DeadLetter::Cause>(letter.cause));
  message.set_detail(letter.detail);
  message.set_key(letter.key);
  message.set_payload(letter.payload);
  message.set_payload_bytes(letter.payload_bytes);
  message.set_payload_sha256(letter.payload_sha256);
  return record.SerializeAsString();
}

}  // namespace wire
