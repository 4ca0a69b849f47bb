#include "wire/decided.hpp"

#include "wire/enums.hpp"
#include "wire/envelope.hpp"
#include "wire/parts.hpp"

namespace wire {
namespace {

namespace pb = segment_export::v1;

std::uint64_t offset_delta(run::Position position, run::Position first) {
  return static_cast<std::uint64_t>(position.offset) - static_cast<std::uint64_t>(first.offset);
}

run::Position read_position(run::Position first, std::uint64_t delta, std::uint32_t index) {
  return {static_cast<std::int64_t>(static_cast<std::uint64_t>(first.offset) + delta), index};
}

void write(const run::Reject& reject, run::Position first, pb::DecidedRange::Reject& message) {
  message.set_offset_delta(offset_delta(reject.position, first));
  message.set_index(reject.position.index);
  if (reject.segment) message.set_segment(*reject.segment + 1);
  message.set_profile_id(reject.profile_id);
  message.set_reason(to_message(reject.reason));
  message.set_rule(reject.rule);
}

run::DecidedRange read(const pb::DecidedRange& message, Faults& faults) {
  require(message.has_instance(), "instance", faults);
  require(message.has_prev(), "prev", faults);
  require(message.has_first(), "first", faults);
  require(message.has_last(), "last", faults);
  run::DecidedRange range{.instance = wire::read(message.instance()),
                          .prev = wire::read(message.prev()),
                          .first = wire::read(message.first()),
                          .last = wire::read(message.last()),
                          .rows = {},
                          .rejects = {},
                          .rule_set = message.rule_set()};
  range.rows.reserve(static_cast<std::size_t>(message.rows_size()));
  for (const auto& row : message.rows()) {
    range.rows.push_back({.position = read_position(range.first, row.offset_delta(), row.index()),
                          .email = row.email(),
                          .values = {row.values().begin(), row.values().end()}});
  }
  range.rejects.reserve(static_cast<std::size_t>(message.rejects_size()));
  for (const auto& reject : message.rejects()) {
    run::Reject& in = range.rejects.emplace_back();
    in.position = read_position(range.first, reject.offset_delta(), reject.index());
    if (reject.segment() != 0) in.segment = reject.segment() - 1;
    in.profile_id = reject.profile_id();
    in.reason = from_message(reject.reason(), faults);
    in.rule = reject.rule();
  }
  return range;
}

template <class Message>
Result<run::Decided> decode(std::string_view body) {
  Message message;
  if (!parse(body, message)) return malformed("not a decided record");
  Faults faults;
  // Not in one expression: the faults are looked at after they were gathered.
  run::Decided decided = read(message, faults);
  return faults.value_or_fault(std::move(decided));
}

}  // namespace

Result<run::Decided> decode_decided(std::string_view payload) {
  const auto envelope = open_envelope(payload, pb::DecidedMessage::kSealed);
  if (!envelope) return envelope.error();
  switch (envelope->kind) {
    case pb::DecidedMessage::kOpened:
      return decode<pb::RunOpened>(envelope->body);
    case pb::DecidedMessage::kRange:
      return decode<pb::DecidedRange>(envelope->body);
    default:
      return decode<pb::RunSealed>(envelope->body);
  }
}

std::string encode(const run::RunOpened& opened) {
  pb::DecidedMessage message;
  write(opened, *message.mutable_opened());
  return message.SerializeAsString();
}

std::string encode(const run::DecidedRange& range) {
  pb::DecidedMessage message;
  pb::DecidedRange& out = *message.mutable_range();
  write(range.instance, *out.mutable_instance());
  write(range.prev, *out.mutable_prev());
  write(range.first, *out.mutable_first());
  write(range.last, *out.mutable_last());
  for (const auto& row : range.rows) {
    pb::DecidedRange::Row& to = *out.add_rows();
    to.set_offset_delta(offset_delta(row.position, range.first));
    to.set_index(row.position.index);
    to.set_email(row.email);
    for (const auto& value : row.values) to.add_values(value);
  }
  for (const auto& reject : range.rejects) write(reject, range.first, *out.add_rejects());
  out.set_rule_set(range.rule_set);
  return message.SerializeAsString();
}

std::string encode(const run::RunSealed& sealed) {
  pb::DecidedMessage message;
  write(sealed, *message.mutable_sealed());
  return message.SerializeAsString();
}

}  // namespace wire
