#include <protozero/pbf_writer.hpp>
#include <protozero/varint.hpp>

#include "wire/decided.hpp"
#include "wire/enums.hpp"
#include "wire/parts.hpp"

namespace wire {
namespace {

namespace pb = segment_export::v1;
using Range = pb::DecidedRange;

// Of `last`, which is known at the end only: tag, length, an offset of up to nine bytes, an index of up to five.
constexpr std::size_t most_last_bytes = 2 + 10 + 6;
constexpr std::size_t most_envelope_bytes = 1 + 5;

// Zeros and empty texts are left out, as the generated classes do.

void add_number(protozero::pbf_writer& writer, int field, std::uint64_t value) {
  if (value != 0) writer.add_uint64(static_cast<protozero::pbf_tag_type>(field), value);
}

void add_text(protozero::pbf_writer& writer, int field, std::string_view text) {
  if (!text.empty()) writer.add_string(static_cast<protozero::pbf_tag_type>(field), text.data(), text.size());
}

void add_place(protozero::pbf_writer& writer, run::Position first, run::Position position) {
  add_number(writer, Range::Row::kOffsetDeltaFieldNumber,
             static_cast<std::uint64_t>(position.offset) - static_cast<std::uint64_t>(first.offset));
  add_number(writer, Range::Row::kIndexFieldNumber, position.index);
}
static_assert(int{Range::Row::kOffsetDeltaFieldNumber} == int{Range::Reject::kOffsetDeltaFieldNumber});
static_assert(int{Range::Row::kIndexFieldNumber} == int{Range::Reject::kIndexFieldNumber});

void add_position(protozero::pbf_writer& writer, int field, run::Position position) {
  // Not a writer within the writer: protozero drops a message without content, and (0, 0) has none.
  std::string bytes;
  protozero::pbf_writer message{bytes};
  add_number(message, pb::Position::kOffsetFieldNumber, static_cast<std::uint64_t>(position.offset));
  add_number(message, pb::Position::kIndexFieldNumber, position.index);
  writer.add_message(static_cast<protozero::pbf_tag_type>(field), bytes);
}

std::string header_of(const run::RunInstance& instance, run::Position prev, run::Position first) {
  std::string header;
  protozero::pbf_writer writer{header};
  {
    protozero::pbf_writer message{writer, Range::kInstanceFieldNumber};
    add_text(message, pb::RunInstance::kRunIdFieldNumber, instance.run_id.value);
    if (instance.partition != 0) message.add_int32(pb::RunInstance::kPartitionFieldNumber, instance.partition);
    add_number(message, pb::RunInstance::kJobOffsetFieldNumber, static_cast<std::uint64_t>(instance.job_offset));
  }
  add_position(writer, Range::kPrevFieldNumber, prev);
  add_position(writer, Range::kFirstFieldNumber, first);
  return header;
}

}  // namespace

RangeWriter::RangeWriter(run::RunInstance instance, run::Position prev, run::Position first, std::string rule_set)
    : header_{header_of(instance, prev, first)}, prev_{prev}, first_{first}, rule_set_{std::move(rule_set)} {}

void RangeWriter::add_row(run::Position position, const contact::Row& row) {
  protozero::pbf_writer writer{row_bytes_};
  protozero::pbf_writer message{writer, Range::kRowsFieldNumber};
  add_place(message, first_, position);
  add_text(message, Range::Row::kEmailFieldNumber, row.email.text());
  // An empty value is written too: the next one keeps its place.
  for (const auto& value : row.values) {
    message.add_string(Range::Row::kValuesFieldNumber, value.data(), value.size());
  }
  ++rows_;
}

void RangeWriter::add_reject(const run::Reject& reject) {
  protozero::pbf_writer writer{reject_bytes_};
  protozero::pbf_writer message{writer, Range::kRejectsFieldNumber};
  add_place(message, first_, reject.position);
  if (reject.segment) add_number(message, Range::Reject::kSegmentFieldNumber, std::uint64_t{*reject.segment} + 1);
  add_text(message, Range::Reject::kProfileIdFieldNumber, reject.profile_id);
  add_number(message, Range::Reject::kReasonFieldNumber, static_cast<std::uint64_t>(to_message(reject.reason)));
  add_text(message, Range::Reject::kRuleFieldNumber, reject.rule);
  ++rejects_;
}

std::size_t RangeWriter::bytes() const {
  const std::size_t rule_set_bytes =
      1 + static_cast<std::size_t>(protozero::length_of_varint(rule_set_.size())) + rule_set_.size();
  return most_envelope_bytes + header_.size() + most_last_bytes + row_bytes_.size() + reject_bytes_.size() +
         rule_set_bytes;
}

std::string RangeWriter::finish(run::Position last) {
  const std::size_t expected = bytes();
  std::string body = std::move(header_);
  body.reserve(expected);
  protozero::pbf_writer writer{body};
  add_position(writer, Range::kLastFieldNumber, last);
  body += row_bytes_;
  body += reject_bytes_;
  add_text(writer, Range::kRuleSetFieldNumber, rule_set_);

  std::string record;
  record.reserve(body.size() + most_envelope_bytes);
  protozero::pbf_writer{record}.add_message(pb::DecidedMessage::kRange, body);
  return record;
}

}  // namespace wire
