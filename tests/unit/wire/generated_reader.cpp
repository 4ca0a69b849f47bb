#include "unit/wire/generated_reader.hpp"

#include <google/protobuf/unknown_field_set.h>
#include <segment_export/v1/arrives.pb.h>

#include "wire/envelope.hpp"

namespace wire {
namespace {

namespace pb = segment_export::v1;

template <class Message>
InputContent::OneMember member_of(const Message& message) {
  InputContent::OneMember member{.profile_id = message.profile_id(), .attributes = {}};
  for (const auto& attribute : message.attributes())
    member.attributes.emplace_back(attribute.name(), attribute.value());
  member.out_of_bounds = member.attributes.size() > 200 || member.profile_id.size() > 256;
  return member;
}

/// A record may hold several kinds, of which the generated classes keep the last or merge.
bool holds_one_kind(std::string_view payload) {
  google::protobuf::UnknownFieldSet fields;
  if (!fields.ParseFromArray(payload.data(), static_cast<int>(payload.size()))) return false;
  int kinds = 0;
  for (int index = 0; index < fields.field_count(); ++index) {
    const auto& field = fields.field(index);
    kinds += field.type() == google::protobuf::UnknownField::TYPE_LENGTH_DELIMITED && field.number() <= 5 ? 1 : 0;
  }
  return kinds == 1;
}

bool is_id(const std::string& id) { return !id.empty() && id.size() <= 256; }

}  // namespace

InputContent content_of(const InputMessage& message) {
  InputContent content;
  if (const auto* job = std::get_if<run::ExportJob>(&message)) {
    content.kind = InputContent::Kind::job;
    content.run_id = job->run_id.value;
  } else if (const auto* members = std::get_if<Members>(&message)) {
    content.kind = InputContent::Kind::members;
    content.run_id = members->run_id;
    content.segment_id = members->segment_id;
    for (const auto& member : members->members) {
      auto& copy = content.members.emplace_back();
      copy.profile_id = member.profile_id;
      copy.out_of_bounds = member.out_of_bounds;
      for (const auto& attribute : member.attributes) copy.attributes.emplace_back(attribute.name, attribute.value);
    }
  } else if (const auto* end = std::get_if<SegmentEnd>(&message)) {
    content.kind = InputContent::Kind::end;
    content.run_id = end->run_id;
    content.segment_id = end->segment_id;
    content.members_sent = end->members_sent;
  }
  return content;
}

std::optional<InputContent> read_by_generated_classes(std::string_view payload) {
  pb::ExportMessage message;
  if (!holds_one_kind(payload) || !parse(payload, message)) return std::nullopt;
  InputContent content;
  switch (message.kind_case()) {
    case pb::ExportMessage::kJob:
      content.kind = InputContent::Kind::job;
      content.run_id = message.job().run_id();
      return content;
    case pb::ExportMessage::kMember:
      content.kind = InputContent::Kind::members;
      content.run_id = message.member().run_id();
      content.segment_id = message.member().segment_id();
      content.members.push_back(member_of(message.member()));
      break;
    case pb::ExportMessage::kMembers:
      content.kind = InputContent::Kind::members;
      content.run_id = message.members().run_id();
      content.segment_id = message.members().segment_id();
      for (const auto& member : message.members().members()) content.members.push_back(member_of(member));
      break;
    case pb::ExportMessage::kEnd:
      content.kind = InputContent::Kind::end;
      content.run_id = message.end().run_id();
      content.segment_id = message.end().segment_id();
      if (message.end().has_members_sent()) content.members_sent = message.end().members_sent();
      break;
    case pb::ExportMessage::kTick:
      return content;
    case pb::ExportMessage::KIND_NOT_SET:
      return std::nullopt;
  }
  if (!is_id(content.run_id) || !is_id(content.segment_id)) return std::nullopt;
  return content;
}

}  // namespace wire
