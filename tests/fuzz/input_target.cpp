#include "fuzz/property.hpp"
#include "unit/wire/generated_reader.hpp"
#include "wire/input.hpp"

namespace {

using fuzz::require;

std::string write(const run::ExportJob& job) { return wire::encode_job(job); }
std::string write(const wire::SegmentEnd& end) {
  return wire::encode_segment_end(end.run_id, end.segment_id, end.members_sent);
}
std::string write(const wire::Tick&) { return wire::encode_tick(); }
std::string write(const wire::Members& members) {
  wire::MembersWriter writer{members.run_id, members.segment_id};
  for (const auto& member : members.members) writer.add(member.profile_id, member.attributes);
  const std::size_t expected = writer.bytes();
  std::string record = writer.finish();
  require(record.size() == expected, "a record is as long as its writer says");
  return record;
}

void require_round_trip(const wire::InputMessage& message) {
  const std::string again = std::visit([](const auto& kind) { return write(kind); }, message);
  wire::InputReader reader;
  const auto second = reader.read(again);
  require(second.has_value(), "what we write is readable");
  require(wire::content_of(*second) == wire::content_of(message), "what was read and written again reads equal");
  if (const auto* job = std::get_if<run::ExportJob>(&message)) {
    require(std::get<run::ExportJob>(*second) == *job, "a job that was written again reads equal");
  }
  const auto* members = std::get_if<wire::Members>(&message);
  if (members == nullptr || members->members.size() != 1) return;
  const auto& member = members->members.front();
  const std::string single =
      wire::encode_member(members->run_id, members->segment_id, member.profile_id, member.attributes);
  const auto third = reader.read(single);
  require(third.has_value() && wire::content_of(*third) == wire::content_of(message),
          "one member reads the same in a record of its own");
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  // As in the worker: one reader for all records, whose buffers are used again.
  static wire::InputReader reader;
  const auto payload = fuzz::text(data, size);
  const auto mine = reader.read(payload);
  const auto theirs = wire::read_by_generated_classes(payload);
  // A job may also be refused for its bounds and for values that this release does not know.
  const bool stricter = theirs && theirs->kind == wire::InputContent::Kind::job && !mine;
  require(stricter || mine.has_value() == theirs.has_value(), "both readers take or refuse a record");
  if (!mine) return 0;
  require(wire::content_of(*mine) == *theirs, "both readers read the same");
  require_round_trip(*mine);
  return 0;
}
