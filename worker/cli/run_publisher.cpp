#include "cli/run_publisher.hpp"

#include <utility>

namespace cli {
namespace {

constexpr std::uint64_t rows_between_looks = 1'000;

}  // namespace

RunPublisher::RunPublisher(kafka::Publisher& publisher, std::string topic, const run::ExportJob& job,
                           MemberColumns columns, RecordsOf records)
    : publisher_{publisher}, topic_{std::move(topic)}, job_{job}, columns_{std::move(columns)}, records_{records} {}

RunPublisher::End RunPublisher::publish(std::vector<CheckedInput>& inputs, ProgressBar& bar,
                                        const Interruption& interruption, std::chrono::milliseconds longest) {
  const auto how_it_ended = [&] {
    if (kafka_error_) return End::kafka_failed;
    return input_fault_ ? End::input_failed : End::interrupted;
  };
  for (const CheckedInput& input : inputs) total_ += input.segment.expected_members.value_or(0);
  show(bar);
  if (!put(wire::encode_job(job_))) return how_it_ended();
  for (CheckedInput& input : inputs) {
    if (!publish_segment(input, bar, interruption)) return how_it_ended();
  }
  const auto flushed = publisher_.flush(longest);
  if (!flushed) kafka_error_ = flushed.error();
  show(bar);
  return flushed ? End::published : End::kafka_failed;
}

bool RunPublisher::publish_segment(CheckedInput& input, ProgressBar& bar, const Interruption& interruption) {
  const std::string& segment = input.segment.id.value;
  wire::MembersWriter writer{job_.run_id.value, segment};
  std::uint64_t sent = 0;
  for (;;) {
    const auto row = input.table.next();
    if (!row) {
      input_fault_ = row.error();
      return false;
    }
    if (!*row) break;
    const MemberColumns::Member member = columns_.pick(**row);
    if (records_ == RecordsOf::one_member) {
      if (!put(wire::encode_member(job_.run_id.value, segment, member.profile_id, member.attributes))) return false;
    } else {
      const bool full = writer.bytes() + MemberColumns::encoded_bytes(member) > most_record_bytes;
      if (full && writer.members() > 0 && !put(writer.finish())) return false;
      writer.add(member.profile_id, member.attributes);
    }
    ++sent;
    ++members_;
    if (members_ % rows_between_looks != 0) continue;
    if (interruption.asked()) return false;
    show(bar);
  }
  if (writer.members() > 0 && !put(writer.finish())) return false;
  return put(wire::encode_segment_end(job_.run_id.value, segment, sent));
}

bool RunPublisher::put(const std::string& value) {
  const auto published = publisher_.publish(topic_, job_.run_id.value, value);
  if (!published) kafka_error_ = published.error();
  return published.has_value();
}

void RunPublisher::show(ProgressBar& bar) const {
  const auto now = std::chrono::steady_clock::now();
  bar.update({.what = "publishing",
              .done = members_,
              .total = total_,
              .unit = "rows",
              .elapsed = std::chrono::duration_cast<std::chrono::milliseconds>(now - began_)},
             now);
}

}  // namespace cli
