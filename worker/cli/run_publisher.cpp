#include "cli/run_publisher.hpp"

#include <charconv>
#include <system_error>
#include <utility>

#include "cli/time_text.hpp"

namespace cli {
namespace {

constexpr std::uint64_t rows_between_looks = 1'000;

}  // namespace

kafka::Result<void> ToTopic::put(const run::RunId& run, const std::string& value) {
  return publisher_.publish(topic_, run.value, value);
}

kafka::Result<void> ToTopic::flush(std::chrono::milliseconds longest) { return publisher_.flush(longest); }

std::optional<std::size_t> members_per_record(const std::string& text) {
  if (text == "single") return 1;
  if (text == "many") return as_many_as_fit;
  std::size_t number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc{} || end != text.data() + text.size() || number == 0) return std::nullopt;
  return number;
}

RunPublisher::RunPublisher(RunSink& sink, const run::ExportJob& job, MemberColumns columns, std::size_t most_per_record)
    : sink_{sink}, job_{job}, columns_{std::move(columns)}, most_per_record_{most_per_record} {}

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
  const auto flushed = sink_.flush(longest);
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
    if (most_per_record_ == 1) {
      if (!put(wire::encode_member(job_.run_id.value, segment, member.profile_id, member.attributes))) return false;
    } else {
      const bool full = writer.members() >= most_per_record_ ||
                        writer.bytes() + MemberColumns::encoded_bytes(member) > most_record_bytes;
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
  const auto published = sink_.put(job_.run_id, value);
  if (!published) kafka_error_ = published.error();
  return published.has_value();
}

Ending RunPublisher::what_stopped_it() const {
  if (kafka_error_) return ending_of(*kafka_error_);
  if (input_fault_) return {ExitCode::input_file, input_fault_->text()};
  return {ExitCode::interrupted, "interrupted"};
}

Ending RunPublisher::half_published(std::chrono::milliseconds silence) const {
  Ending ending = what_stopped_it();
  const std::string then = job_.incomplete == run::Incomplete::deliver ? "import them with a warning" : "discard them";
  ending.text +=
      "; run " + job_.run_id.value + " may stay without its end, with at most " + std::to_string(members_) +
      " people: workers seal it as incomplete after " + duration_text(silence) + " of silence and " + then +
      ", unless a newer run of the same export was sent before; so run the command again with the whole input";
  return ending;
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
