#include "intake/partition.hpp"

#include <algorithm>
#include <variant>

#include "wire/result.hpp"

namespace intake {
namespace {

/// Whatever stands in the header of an input record, what is written with it must fit its own.
std::string_view sane_trace_parent(const InputRecord& record) {
  constexpr std::size_t longest = 128;  // W3C's version 00 has 55 characters.
  return record.trace_parent.size() <= longest ? record.trace_parent : std::string_view{};
}

}  // namespace

Partition::Partition(const Settings& settings, const std::string& rule_set, const contact::DedupeKey& key,
                     Observer& observer, std::int32_t partition, const Resume& resume)
    : settings_{settings},
      rule_set_{rule_set},
      key_{key},
      observer_{observer},
      partition_{partition},
      origin_{.topic = settings.input_topic, .partition = partition},
      next_offset_{resume.start},
      committed_{resume.committed},
      ignored_jobs_{resume.notes.ignored_jobs} {
  for (const std::int64_t job : ignored_jobs_) history_.ignored(job, -1);
  for (const TooLarge& run : resume.notes.too_large) too_large_[run.job] = run.seal;
  if (resume.lost_from) {
    observer_.alarm(partition_, Alarm::input_lost, "records that open runs need are below the start of the log");
    emissions_.push_back({.to = ToRejects{},
                          .value = wire::encode(lost_span(origin_, *resume.lost_from, resume.start)),
                          .trace_parent = {},
                          .pin = committed_});
  }
}

void Partition::take(const InputRecord& record, async::BootTime now) {
  if (record.offset < next_offset_) return;
  next_offset_ = record.offset + 1;
  last_record_at_ = record.appended_at;
  writes_ = record.offset >= committed_;
  now_ = now;
  tally_.bytes += record.payload.size();

  if (record.appended_at >= earliest_deadline_) seal_overdue(record);
  auto message = reader_.read(record.payload);
  if (!message) return take_unreadable(record, message.error());
  if (const auto* const members = std::get_if<wire::Members>(&*message)) return take_members(record, *members);
  if (auto* const job = std::get_if<run::ExportJob>(&*message)) return take_job(record, std::move(*job));
  if (const auto* const end = std::get_if<wire::SegmentEnd>(&*message)) return take_end(record, *end);
  count(RecordOutcome::tick);
}

void Partition::pass(std::int64_t position) { next_offset_ = std::max(next_offset_, position); }

void Partition::take_job(const InputRecord& record, run::ExportJob job) {
  if (!writes_ && std::ranges::binary_search(ignored_jobs_, record.offset)) return count(RecordOutcome::job_repeated);
  if (OpenRun* const open = find(job.run_id.value)) {
    history_.ignored(record.offset, open->instance.job_offset);
    if (open->job == job) {
      touch(*open, record);
      return count(RecordOutcome::job_repeated);
    }
    write_dead_letter(record, run::DeadCause::conflicting_job, "another job under the id of an open run");
    return count(RecordOutcome::job_conflicting);
  }

  const bool too_many = by_job_.size() >= settings_.rules.partition_runs;
  const run::RunInstance instance{.run_id = job.run_id, .partition = partition_, .job_offset = record.offset};
  RunDecider decider{job, settings_.rules, key_};
  auto made = std::make_unique<OpenRun>(OpenRun{.instance = instance,
                                                .job = std::move(job),
                                                .outbox_key = {},
                                                .trace_parent = std::string{sane_trace_parent(record)},
                                                .job_at = record.appended_at,
                                                .last_record_at = record.appended_at,
                                                .decider = std::move(decider),
                                                .chain = {settings_, instance, rule_set_}});
  OpenRun& run = *made;
  run.outbox_key = outbox_key(run.job, settings_);
  by_job_.emplace(record.offset, std::move(made));
  by_run_id_.emplace(run.instance.run_id.value, &run);
  earliest_deadline_ = std::min(earliest_deadline_, deadline(run, settings_.rules));
  count(RecordOutcome::job_opened);
  if (writes_) {
    const auto opened = opening(run, settings_, rule_set_);
    emissions_.push_back({.to = ToOutbox{run.outbox_key},
                          .value = wire::encode(opened),
                          .trace_parent = run.trace_parent,
                          .pin = record.offset});
    observer_.run_opened(opened);
  }
  if (run.decider.all_ended()) return seal(run, run::SealCause::all_segments_ended, record);
  if (writes_ && too_many) return seal(run, run::SealCause::too_large, record);
  seal_too_large(run, record);
}

void Partition::take_members(const InputRecord& record, const wire::Members& members) {
  OpenRun* const run = find(members.run_id);
  if (run == nullptr) {
    write_dead_letter(record, run::DeadCause::no_open_run, "late, or never opened");
    return count(RecordOutcome::no_open_run);
  }
  touch(*run, record);
  const auto segment = run->decider.segment(members.segment_id);
  const auto addresses_before = run->decider.addresses();
  run::Position position{.offset = record.offset, .index = 0};
  bool out_of_bounds = false;
  for (const wire::Member& member : members.members) {
    decide(*run, segment, position, member);
    out_of_bounds = out_of_bounds || member.out_of_bounds;
    ++position.index;
  }
  note_range(*run);
  addresses_ += run->decider.addresses() - addresses_before;
  if (out_of_bounds) {
    write_dead_letter(record, run::DeadCause::out_of_bounds,
                      "a member has too many attributes or too long a profile id");
  }
  count(RecordOutcome::members);
  seal_too_large(*run, record);
}

void Partition::decide(OpenRun& run, std::optional<std::uint32_t> segment, run::Position position,
                       const wire::Member& member) {
  const Decision decision = run.decider.decide(segment, member);
  if (!writes_) return run.chain.advance(position);
  tally_.count(decision.verdict);
  switch (decision.verdict) {
    case Verdict::accepted:
      make_room(run, size_bound(*decision.row));
      return run.chain.add_row(position, *decision.row, now_);
    case Verdict::undecodable:
      make_room(run, 0);
      return run.chain.add_nothing(position, now_);
    default:
      reject_.position = position;
      reject_.segment = segment;
      reject_.profile_id = member.profile_id;
      reject_.reason = decision.reason;
      reject_.rule = decision.rule;
      make_room(run, size_bound(reject_));
      return run.chain.add_reject(reject_, now_);
  }
}

void Partition::take_end(const InputRecord& record, const wire::SegmentEnd& end) {
  OpenRun* const run = find(end.run_id);
  if (run == nullptr) {
    write_dead_letter(record, run::DeadCause::no_open_run, "late, or never opened");
    return count(RecordOutcome::no_open_run);
  }
  touch(*run, record);
  count(RecordOutcome::segment_end);
  if (run->decider.end_segment(end.segment_id, end.members_sent)) {
    seal(*run, run::SealCause::all_segments_ended, record);
  }
}

void Partition::take_unreadable(const InputRecord& record, const wire::Unreadable& fault) {
  if (OpenRun* const run = find(record.key)) {
    touch(*run, record);
    run->decider.count_undecodable();
    if (writes_) tally_.count(Verdict::undecodable);
  }
  const bool out_of_bounds = fault.kind == wire::Unreadable::Kind::out_of_bounds;
  write_dead_letter(record, out_of_bounds ? run::DeadCause::out_of_bounds : run::DeadCause::unreadable, fault.detail);
  count(out_of_bounds ? RecordOutcome::out_of_bounds : RecordOutcome::unreadable);
}

OpenRun* Partition::find(std::string_view run_id) {
  if (last_found_ != nullptr && last_found_->instance.run_id.value == run_id) return last_found_;
  const auto found = by_run_id_.find(run_id);
  if (found == by_run_id_.end()) return nullptr;
  last_found_ = found->second;
  return last_found_;
}

void Partition::touch(OpenRun& run, const InputRecord& record) {
  run.last_record_at = std::max(run.last_record_at, record.appended_at);
}

void Partition::make_room(OpenRun& run, std::size_t bytes) {
  if (run.chain.is_full_for(bytes)) write_range(run);
}

void Partition::write_range(OpenRun& run) {
  const auto first = run.chain.first();
  emissions_.push_back({.to = ToOutbox{run.outbox_key},
                        .value = run.chain.close(now_),
                        .trace_parent = run.trace_parent,
                        .pin = first.offset});
  note_range(run);
}

void Partition::note_range(OpenRun& run) {
  const auto bytes = run.chain.bytes();
  open_range_bytes_ += bytes;
  open_range_bytes_ -= run.counted_bytes;
  run.counted_bytes = bytes;
  if (run.chain.is_open()) earliest_due_ = std::min(earliest_due_, run.chain.due());
}

void Partition::seal_overdue(const InputRecord& record) {
  earliest_deadline_ = run::UtcTime::max();
  for (auto next = by_job_.begin(); next != by_job_.end();) {
    OpenRun& run = *next->second;
    ++next;  // Sealing takes the run away.
    switch (overdue(run, record.appended_at, settings_.rules)) {
      case Overdue::no:
        earliest_deadline_ = std::min(earliest_deadline_, deadline(run, settings_.rules));
        break;
      case Overdue::silent:
        seal(run, run::SealCause::silent, record);
        break;
      case Overdue::too_old:
        seal(run, run::SealCause::too_old, record);
        break;
    }
  }
}

void Partition::seal_too_large(OpenRun& run, const InputRecord& record) {
  if (writes_) {
    if (addresses_ > settings_.rules.partition_addresses) seal(run, run::SealCause::too_large, record);
    return;
  }
  if (too_large_.empty()) return;
  const auto listed = too_large_.find(run.instance.job_offset);
  if (listed != too_large_.end() && listed->second == record.offset) seal(run, run::SealCause::too_large, record);
}

void Partition::seal(OpenRun& run, run::SealCause cause, const InputRecord& record) {
  if (run.chain.is_open()) write_range(run);
  if (writes_) {
    const auto sealed = intake::seal(run, cause, {.offset = record.offset, .index = 0}, record.appended_at, rule_set_);
    emissions_.push_back({.to = ToOutbox{run.outbox_key},
                          .value = wire::encode(sealed),
                          .trace_parent = run.trace_parent,
                          .pin = record.offset});
    observer_.run_sealed(sealed);
  }
  const auto job_offset = run.instance.job_offset;
  history_.sealed(job_offset, record.offset,
                  cause == run::SealCause::too_large ? RunHistory::Seal::too_large : RunHistory::Seal::by_input);
  addresses_ -= run.decider.addresses();
  if (last_found_ == &run) last_found_ = nullptr;
  by_run_id_.erase(run.instance.run_id.value);
  by_job_.erase(job_offset);
}

void Partition::write_dead_letter(const InputRecord& record, run::DeadCause cause, std::string_view detail) {
  if (!writes_) return;
  emissions_.push_back({.to = ToRejects{std::string{record.key.substr(0, run::DeadLetter::most_key_bytes)}},
                        .value = wire::encode(dead_letter(origin_, record, cause, detail)),
                        .trace_parent = std::string{sane_trace_parent(record)},
                        .pin = record.offset});
}

void Partition::count(RecordOutcome outcome) { tally_.count(writes_ ? outcome : RecordOutcome::replayed); }

}  // namespace intake
