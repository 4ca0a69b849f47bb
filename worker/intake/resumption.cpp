#include "intake/resumption.hpp"

#include <algorithm>

namespace intake {
namespace {

/// No run that is open at the commit is older than the run limit.
std::int64_t restart_by_time(const AssignedPartition& assigned, std::int64_t committed, InputSource& source,
                             run::UtcTime now, std::chrono::milliseconds run_limit) {
  if (committed == assigned.log_start) return committed;
  auto time = source.time_at(assigned.partition, committed);
  if (!time && committed == assigned.log_end) time = now;
  if (!time) return assigned.log_start;
  const auto offset = source.offset_at(assigned.partition, *time - run_limit);
  return offset ? std::min(*offset, committed) : assigned.log_start;
}

}  // namespace

std::variant<Halted, Resumption> resumption(const AssignedPartition& assigned, InputSource& source, run::UtcTime now,
                                            std::chrono::milliseconds run_limit) {
  if (!assigned.committed) {
    return Halted{Alarm::no_committed_offset, "the group has no committed offset: create the topics first"};
  }
  const std::int64_t committed = *assigned.committed;
  if (committed < assigned.log_start || committed > assigned.log_end) {
    return Halted{Alarm::offset_outside_log, "the committed offset is outside the log"};
  }

  Resumption found;
  found.resume.committed = committed;
  if (auto notes = from_metadata(assigned.metadata); notes && notes->restart <= committed) {
    found.resume.notes = std::move(*notes);
  } else {
    if (!assigned.metadata.empty()) found.alarm = Alarm::unreadable_metadata;
    found.resume.notes.restart = restart_by_time(assigned, committed, source, now, run_limit);
  }
  found.resume.start = std::max(found.resume.notes.restart, assigned.log_start);
  if (found.resume.start > found.resume.notes.restart) found.resume.lost_from = found.resume.notes.restart;
  return found;
}

}  // namespace intake
