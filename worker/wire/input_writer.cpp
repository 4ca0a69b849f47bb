#include <protozero/pbf_writer.hpp>
#include <protozero/varint.hpp>

#include "wire/input.hpp"
#include "wire/parts.hpp"

namespace wire {
namespace {

namespace pb = segment_export::v1;

void add_attributes(protozero::pbf_writer& writer, protozero::pbf_tag_type field,
                    std::span<const contact::Attribute> attributes) {
  for (const auto& attribute : attributes) {
    protozero::pbf_writer message{writer, field};
    message.add_bytes(1, attribute.name.data(), attribute.name.size());
    message.add_bytes(2, attribute.value.data(), attribute.value.size());
  }
}

std::string in_envelope(protozero::pbf_tag_type kind, std::string_view body) {
  std::string record;
  record.reserve(body.size() + 8);
  protozero::pbf_writer{record}.add_message(kind, body.data(), body.size());
  return record;
}

std::string segment_header(std::string_view run_id, std::string_view segment_id) {
  std::string body;
  protozero::pbf_writer writer{body};
  writer.add_string(1, run_id.data(), run_id.size());
  writer.add_string(2, segment_id.data(), segment_id.size());
  return body;
}

}  // namespace

std::string encode_job(const run::ExportJob& job) {
  pb::ExportMessage message;
  write(job, *message.mutable_job());
  return message.SerializeAsString();
}

std::string encode_member(std::string_view run_id, std::string_view segment_id, std::string_view profile_id,
                          std::span<const contact::Attribute> attributes) {
  std::string body = segment_header(run_id, segment_id);
  protozero::pbf_writer writer{body};
  writer.add_bytes(3, profile_id.data(), profile_id.size());
  add_attributes(writer, 4, attributes);
  return in_envelope(pb::ExportMessage::kMember, body);
}

std::string encode_segment_end(std::string_view run_id, std::string_view segment_id,
                               std::optional<std::uint64_t> members_sent) {
  std::string body = segment_header(run_id, segment_id);
  if (members_sent) protozero::pbf_writer{body}.add_uint64(3, *members_sent);
  return in_envelope(pb::ExportMessage::kEnd, body);
}

std::string encode_tick() { return in_envelope(pb::ExportMessage::kTick, {}); }

MembersWriter::MembersWriter(std::string_view run_id, std::string_view segment_id)
    : run_id_{run_id}, segment_id_{segment_id}, body_{segment_header(run_id, segment_id)} {}

void MembersWriter::add(std::string_view profile_id, std::span<const contact::Attribute> attributes) {
  protozero::pbf_writer writer{body_};
  protozero::pbf_writer member{writer, 3};
  member.add_bytes(1, profile_id.data(), profile_id.size());
  add_attributes(member, 2, attributes);
  ++count_;
}

std::size_t MembersWriter::bytes() const {
  return 1 + static_cast<std::size_t>(protozero::length_of_varint(body_.size())) + body_.size();
}

std::string MembersWriter::finish() {
  std::string record = in_envelope(pb::ExportMessage::kMembers, body_);
  body_ = segment_header(run_id_, segment_id_);
  count_ = 0;
  return record;
}

}  // namespace wire
