#include "intake/observer.hpp"

namespace intake {

std::string_view name(Alarm alarm) {
  switch (alarm) {
    case Alarm::no_committed_offset:
      return "no_committed_offset";
    case Alarm::offset_outside_log:
      return "offset_outside_log";
    case Alarm::input_lost:
      return "input_lost";
    case Alarm::unreadable_metadata:
      return "unreadable_metadata";
    case Alarm::commit_stays:
      return "commit_stays";
  }
  return "unknown";
}

std::string_view remedy(Alarm alarm) {
  switch (alarm) {
    case Alarm::no_committed_offset:
      return "stop the workers, run `segment-export topics create`, start them";
    case Alarm::offset_outside_log:
      return "stop the workers, set the group's offset to one that the topic holds, start them; then have upstream "
             "publish the runs again that it no longer holds";
    case Alarm::input_lost:
      return "have upstream publish the runs again that were open, and raise the retention of the input";
    case Alarm::unreadable_metadata:
      return "nothing: the open runs are found by their time";
    case Alarm::commit_stays:
      return "find out who publishes so many jobs again and again while their runs are open";
  }
  return "";
}

std::string_view name(RecordOutcome outcome) {
  switch (outcome) {
    case RecordOutcome::job_opened:
      return "job_opened";
    case RecordOutcome::job_repeated:
      return "job_repeated";
    case RecordOutcome::job_conflicting:
      return "job_conflicting";
    case RecordOutcome::members:
      return "members";
    case RecordOutcome::segment_end:
      return "segment_end";
    case RecordOutcome::tick:
      return "tick";
    case RecordOutcome::unreadable:
      return "unreadable";
    case RecordOutcome::out_of_bounds:
      return "out_of_bounds";
    case RecordOutcome::no_open_run:
      return "no_open_run";
    case RecordOutcome::replayed:
      return "replayed";
  }
  return "unknown";
}

std::string_view name(Verdict verdict) {
  switch (verdict) {
    case Verdict::accepted:
      return "accepted";
    case Verdict::invalid:
      return "invalid";
    case Verdict::duplicate:
      return "duplicate";
    case Verdict::over_cap:
      return "over_cap";
    case Verdict::undecodable:
      return "undecodable";
  }
  return "unknown";
}

Tally& Tally::operator+=(const Tally& other) {
  for (std::size_t outcome = 0; outcome < records.size(); ++outcome) records[outcome] += other.records[outcome];
  for (std::size_t verdict = 0; verdict < members.size(); ++verdict) members[verdict] += other.members[verdict];
  bytes += other.bytes;
  return *this;
}

}  // namespace intake
