#include <protozero/exception.hpp>

#include "contact/utf8.hpp"
#include "wire/decided.hpp"
#include "wire/envelope.hpp"
#include "wire/faults.hpp"
#include "wire/field_cursor.hpp"
#include "wire/parts.hpp"

namespace wire {
namespace {

namespace pb = segment_export::v1;

constexpr int in_record = 1;
constexpr int in_kind = 2;

void take_text(std::string_view bytes, std::string& text, Faults& faults) {
  if (!contact::is_valid_utf8(bytes)) faults.malformed("text that is not UTF-8");
  text = bytes;
}

// A message that repeats is merged, as protobuf does: the reader starts from what it has.

void merge(std::string_view message, run::RunInstance& instance, Faults& faults) {
  FieldCursor fields{message, in_kind};
  while (fields.next()) {
    switch (fields.tag()) {
      case bytes_field(pb::RunInstance::kRunIdFieldNumber):
        take_text(fields.bytes(), instance.run_id.value, faults);
        break;
      case varint_field(pb::RunInstance::kPartitionFieldNumber):
        instance.partition = static_cast<std::int32_t>(fields.varint());
        break;
      case varint_field(pb::RunInstance::kJobOffsetFieldNumber):
        instance.job_offset = static_cast<std::int64_t>(fields.varint());
        break;
      default:
        break;
    }
  }
}

void merge(std::string_view message, std::optional<run::Position>& position) {
  if (!position) position = run::Position{0, 0};
  FieldCursor fields{message, in_kind};
  while (fields.next()) {
    if (fields.tag() == varint_field(pb::Position::kOffsetFieldNumber)) {
      position->offset = static_cast<std::int64_t>(fields.varint());
    } else if (fields.tag() == varint_field(pb::Position::kIndexFieldNumber)) {
      position->index = static_cast<std::uint32_t>(fields.varint());
    }
  }
}

run::Position required(const std::optional<run::Position>& position, std::string_view what, Faults& faults) {
  require(position.has_value(), what, faults);
  return position.value_or(run::Position{});
}

void read_opened(std::string_view body, DecidedLink& link, Faults& faults) {
  link.kind = DecidedLink::Kind::opened;
  bool named = false;
  FieldCursor fields{body, in_record};
  while (fields.next()) {
    if (fields.tag() == bytes_field(pb::RunOpened::kInstanceFieldNumber)) {
      named = true;
      merge(fields.bytes(), link.instance, faults);
    } else if (fields.tag() == bytes_field(pb::RunOpened::kRuleSetFieldNumber)) {
      take_text(fields.bytes(), link.rule_set, faults);
    }
  }
  require(named, "instance", faults);
  link.last = {link.instance.job_offset, 0};
}

void read_range(std::string_view body, DecidedLink& link, Faults& faults) {
  link.kind = DecidedLink::Kind::range;
  bool named = false;
  std::optional<run::Position> prev;
  std::optional<run::Position> first;
  std::optional<run::Position> last;
  FieldCursor fields{body, in_record};
  while (fields.next()) {
    switch (fields.tag()) {
      case bytes_field(pb::DecidedRange::kInstanceFieldNumber):
        named = true;
        merge(fields.bytes(), link.instance, faults);
        break;
      case bytes_field(pb::DecidedRange::kPrevFieldNumber):
        merge(fields.bytes(), prev);
        break;
      case bytes_field(pb::DecidedRange::kFirstFieldNumber):
        merge(fields.bytes(), first);
        break;
      case bytes_field(pb::DecidedRange::kLastFieldNumber):
        merge(fields.bytes(), last);
        break;
      case bytes_field(pb::DecidedRange::kRowsFieldNumber):
        ++link.rows;
        break;
      case bytes_field(pb::DecidedRange::kRejectsFieldNumber):
        ++link.rejects;
        break;
      case bytes_field(pb::DecidedRange::kRuleSetFieldNumber):
        take_text(fields.bytes(), link.rule_set, faults);
        break;
      default:
        break;
    }
  }
  require(named, "instance", faults);
  link.prev = required(prev, "prev", faults);
  link.first = required(first, "first", faults);
  link.last = required(last, "last", faults);
}

void read_sealed(std::string_view body, DecidedLink& link, Faults& faults) {
  link.kind = DecidedLink::Kind::sealed;
  bool named = false;
  std::optional<run::Position> prev;
  FieldCursor fields{body, in_record};
  while (fields.next()) {
    if (fields.tag() == bytes_field(pb::RunSealed::kInstanceFieldNumber)) {
      named = true;
      merge(fields.bytes(), link.instance, faults);
    } else if (fields.tag() == bytes_field(pb::RunSealed::kPrevFieldNumber)) {
      merge(fields.bytes(), prev);
    } else if (fields.tag() == bytes_field(pb::RunSealed::kRuleSetFieldNumber)) {
      take_text(fields.bytes(), link.rule_set, faults);
    }
  }
  require(named, "instance", faults);
  link.prev = required(prev, "prev", faults);
}

}  // namespace

Result<DecidedLink> decode_link(std::string_view payload) try {
  const auto envelope = open_envelope(payload, pb::DecidedMessage::kSealed);
  if (!envelope) return envelope.error();
  DecidedLink link;
  Faults faults;
  switch (envelope->kind) {
    case pb::DecidedMessage::kOpened:
      read_opened(envelope->body, link, faults);
      break;
    case pb::DecidedMessage::kRange:
      read_range(envelope->body, link, faults);
      break;
    default:
      read_sealed(envelope->body, link, faults);
      break;
  }
  return faults.value_or_fault(std::move(link));
} catch (const protozero::exception&) {
  return malformed("not a protobuf message");
}

}  // namespace wire
