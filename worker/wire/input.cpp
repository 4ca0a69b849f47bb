#include "wire/input.hpp"

#include <protozero/exception.hpp>

#include "contact/utf8.hpp"
#include "wire/bounds.hpp"
#include "wire/envelope.hpp"
#include "wire/field_cursor.hpp"
#include "wire/parts.hpp"

namespace wire {
namespace {

namespace pb = segment_export::v1;

// Messages around the one that is read; see FieldCursor.
constexpr int in_record = 1;
constexpr int in_members = 2;

contact::Attribute read_attribute(std::string_view message, int nesting) {
  contact::Attribute attribute;
  FieldCursor fields{message, nesting};
  while (fields.next()) {
    if (fields.tag() == bytes_field(1)) {
      attribute.name = fields.bytes();
    } else if (fields.tag() == bytes_field(2)) {
      attribute.value = fields.bytes();
    }
  }
  return attribute;
}

/// Protobuf looks at each occurrence of a text field, also where a later one replaces it.
void take_text(std::string_view bytes, std::string_view& text, Faults& faults) {
  if (!contact::is_valid_utf8(bytes)) faults.malformed("text that is not UTF-8");
  text = bytes;
}

Result<InputMessage> read_job(std::string_view body) {
  if (body.size() > most_job_bytes) return out_of_bounds("job is longer than 256 KiB");
  pb::ExportJob message;
  if (!parse(body, message)) return malformed("not an ExportJob");
  Faults faults;
  run::ExportJob job = read(message, faults);
  check_bounds(job, faults);
  return faults.value_or_fault<InputMessage>(std::move(job));
}

Result<InputMessage> read_end(std::string_view body) {
  SegmentEnd end;
  Faults faults;
  FieldCursor fields{body, in_record};
  while (fields.next()) {
    switch (fields.tag()) {
      case bytes_field(1):
        take_text(fields.bytes(), end.run_id, faults);
        break;
      case bytes_field(2):
        take_text(fields.bytes(), end.segment_id, faults);
        break;
      case varint_field(3):
        end.members_sent = fields.varint();
        break;
      default:
        break;
    }
  }
  check_id(end.run_id, "run_id", faults);
  check_id(end.segment_id, "segment_id", faults);
  return faults.value_or_fault<InputMessage>(end);
}

Result<InputMessage> read_tick(std::string_view body) {
  FieldCursor fields{body, in_record};
  while (fields.next()) {
  }
  return Tick{};
}

}  // namespace

Result<InputMessage> InputReader::read(std::string_view payload) try {
  const auto envelope = open_envelope(payload, pb::ExportMessage::kTick);
  if (!envelope) return envelope.error();
  switch (envelope->kind) {
    case pb::ExportMessage::kJob:
      return read_job(envelope->body);
    case pb::ExportMessage::kMember:
      return read_members(envelope->body, Holds::one_member);
    case pb::ExportMessage::kMembers:
      return read_members(envelope->body, Holds::many_members);
    case pb::ExportMessage::kEnd:
      return read_end(envelope->body);
    default:
      return read_tick(envelope->body);
  }
} catch (const protozero::exception&) {
  return malformed("not a protobuf message");
}

Result<InputMessage> InputReader::read_members(std::string_view message, Holds holds) {
  attributes_.clear();
  first_attributes_.clear();
  members_.clear();
  Members result;
  Faults faults;
  if (holds == Holds::one_member) start_member();
  FieldCursor fields{message, in_record};
  while (fields.next()) {
    switch (fields.tag()) {
      case bytes_field(1):
        take_text(fields.bytes(), result.run_id, faults);
        break;
      case bytes_field(2):
        take_text(fields.bytes(), result.segment_id, faults);
        break;
      case bytes_field(3):
        if (holds == Holds::one_member) {
          members_.back().profile_id = fields.bytes();
        } else {
          start_member();
          read_member(fields.bytes());
        }
        break;
      case bytes_field(4):
        if (holds == Holds::one_member) attributes_.push_back(read_attribute(fields.bytes(), in_members));
        break;
      default:
        break;
    }
  }
  check_id(result.run_id, "run_id", faults);
  check_id(result.segment_id, "segment_id", faults);
  finish_members();
  result.members = members_;
  return faults.value_or_fault<InputMessage>(result);
}

void InputReader::start_member() {
  members_.emplace_back();
  first_attributes_.push_back(attributes_.size());
}

void InputReader::read_member(std::string_view message) {
  FieldCursor fields{message, in_members};
  while (fields.next()) {
    if (fields.tag() == bytes_field(1)) {
      members_.back().profile_id = fields.bytes();
    } else if (fields.tag() == bytes_field(2)) {
      attributes_.push_back(read_attribute(fields.bytes(), in_members + 1));
    }
  }
}

void InputReader::finish_members() {
  first_attributes_.push_back(attributes_.size());
  for (std::size_t index = 0; index < members_.size(); ++index) {
    Member& member = members_[index];
    const std::size_t first = first_attributes_[index];
    member.attributes = std::span{attributes_}.subspan(first, first_attributes_[index + 1] - first);
    member.out_of_bounds = member.attributes.size() > most_attributes || member.profile_id.size() > most_id_bytes;
  }
}

}  // namespace wire
