#include "intake/intake.hpp"

#include <algorithm>
#include <utility>
#include <variant>

#include "intake/resumption.hpp"
#include "intake/rule_set.hpp"
#include "wire/input.hpp"

namespace intake {

Intake::Intake(const Settings& settings, InputSource& source, DecidedSink& sink, async::Clock& clock,
               Observer& observer, contact::DedupeKey key)
    : settings_{settings},
      rule_set_{rule_set(settings.rules)},
      source_{source},
      sink_{sink},
      clock_{clock},
      observer_{observer},
      key_{key},
      outflow_{sink},
      next_commit_{clock.boot()} {}

Turn Intake::turn(std::chrono::milliseconds wait) {
  Turn turn;
  if (failed_ || drained_) return turn;
  now_ = clock_.boot();
  serve_sink(turn);
  if (failed_) return turn;
  turn.blocked = draining_ || !may_read();
  take_event(source_.poll(turn.blocked ? std::chrono::milliseconds{0} : wait));
  if (failed_) return turn;

  now_ = clock_.boot();
  if (!draining_ && may_read()) read_slices(turn);
  write_ranges();
  outflow_.hand_over();
  if (now_ >= next_commit_) commit_all();
  if (draining_) finish_draining();
  report();
  return turn;
}

bool Intake::settled() const {
  return joined_ && halted_ == 0 &&
         std::ranges::none_of(owned_, [](const auto& entry) { return entry.second.partition->is_replaying(); });
}

void Intake::serve_sink(Turn& turn) {
  turn.acknowledged = outflow_.take_acknowledged();
  if (turn.acknowledged > 0) observer_.acknowledged(turn.acknowledged);
  if (sink_.failed()) failed_ = sink_.failed();
  if (!failed_) outflow_.hand_over();
}

void Intake::take_event(SourceEvent event) {
  if (const auto* const assigned = std::get_if<Assigned>(&event)) return take_over(*assigned);
  if (const auto* const revoked = std::get_if<Revoked>(&event)) return give_up(*revoked);
  if (auto* const failure = std::get_if<SourceFailed>(&event)) failed_ = std::move(failure->detail);
}

void Intake::take_over(const Assigned& assigned) {
  joined_ = true;
  halted_ = 0;
  // The list is the whole assignment; what is not in it is another process's now.
  kept_.merge(owned_);
  owned_.clear();
  std::vector<InputSource::Start> starts;
  for (const AssignedPartition& partition : assigned.partitions) {
    auto owned = come_back(partition);
    if (!owned) owned = begin(partition);
    if (!owned) {
      ++halted_;
      continue;
    }
    const auto offset = owned->partition->next_offset();
    observer_.assigned(partition.partition, offset, *owned->committed);
    starts.push_back({.partition = partition.partition, .offset = offset});
    owned_.insert_or_assign(partition.partition, *std::move(owned));
  }
  kept_.clear();
  source_.start(starts);
}

std::optional<Intake::Owned> Intake::come_back(const AssignedPartition& assigned) {
  const auto kept = kept_.find(assigned.partition);
  if (kept == kept_.end() || !assigned.committed || kept->second.committed != assigned.committed) return std::nullopt;
  const auto next = kept->second.partition->next_offset();
  if (next < assigned.log_start || next > assigned.log_end) return std::nullopt;
  auto owned = std::move(kept->second);
  owned.idle_since.reset();
  owned.tick_under_way = false;
  return owned;
}

std::optional<Intake::Owned> Intake::begin(const AssignedPartition& assigned) {
  const auto found = resumption(assigned, source_, clock_.now(), settings_.rules.run_limit);
  if (const auto* const halted = std::get_if<Halted>(&found)) {
    observer_.alarm(assigned.partition, halted->alarm, halted->detail);
    return std::nullopt;
  }
  const auto& resumption = std::get<Resumption>(found);
  if (resumption.alarm) {
    observer_.alarm(assigned.partition, *resumption.alarm, "the commit's metadata; going back by time");
  }
  Owned owned;
  owned.life = ++lives_;
  owned.partition =
      std::make_unique<Partition>(settings_, rule_set_, key_, observer_, assigned.partition, resumption.resume);
  owned.committed = assigned.committed;
  return owned;
}

void Intake::give_up(const Revoked& revoked) {
  outflow_.take_acknowledged();
  if (sink_.failed()) {
    failed_ = sink_.failed();
    return;
  }
  if (!revoked.lost) {
    commit_all();
    source_.finish_commits(settings_.revoke_wait);
  }
  for (const std::int32_t number : revoked.partitions) {
    observer_.revoked(number);
    auto node = owned_.extract(number);
    if (node) kept_.insert_or_assign(number, std::move(node.mapped()));
  }
  halted_ = 0;
  source_.release();
}

bool Intake::may_read() const { return !outflow_.is_blocked() && outflow_.bytes() < settings_.unacknowledged_bytes; }

void Intake::read_slices(Turn& turn) {
  if (owned_.empty()) return;
  // Each turn begins with another partition, since the first one may fill the producer.
  auto next = owned_.lower_bound(first_to_read_);
  if (next == owned_.end()) next = owned_.begin();
  first_to_read_ = next->first + 1;
  for (std::size_t left = owned_.size(); left > 0; --left) {
    if (!may_read()) {
      turn.blocked = true;
      first_to_read_ = next->first;
      return;
    }
    turn.records += read_slice(next->second);
    if (++next == owned_.end()) next = owned_.begin();
  }
}

std::size_t Intake::read_slice(Owned& owned) {
  Partition& partition = *owned.partition;
  std::size_t records = 0;
  std::size_t bytes = 0;
  while (records < settings_.slice_records && bytes < settings_.slice_bytes) {
    const auto record = source_.read(partition.number());
    if (!record) {
      partition.pass(source_.position(partition.number()));
      break;
    }
    partition.take(*record, now_);
    bytes += record->payload.size();
    ++records;
    if (!partition.has_emissions()) continue;
    collect(owned);
    outflow_.hand_over();
    if (!may_read()) break;
  }
  if (records > 0) {
    owned.idle_since.reset();
    owned.tick_under_way = false;
    tally_ += partition.take_tally();
    const auto lag = clock_.now() - *partition.last_record_at();
    observer_.behind(partition.number(), std::max(lag, std::chrono::milliseconds{0}));
  } else if (!owned.idle_since) {
    owned.idle_since = now_;
  }
  return records;
}

void Intake::write_ranges() {
  std::size_t open_bytes = 0;
  for (auto& [number, owned] : owned_) {
    if (draining_) {
      owned.partition->write_all_ranges(now_);
    } else {
      owned.partition->write_due_ranges(now_);
      push_on_time(owned);
    }
    collect(owned);
    open_bytes += owned.partition->open_range_bytes();
  }
  while (open_bytes > settings_.open_range_bytes) {
    Owned& largest = std::ranges::max_element(owned_, {}, [](const auto& entry) {
                       return entry.second.partition->open_range_bytes();
                     })->second;
    const auto before = largest.partition->open_range_bytes();
    largest.partition->write_largest_range(now_);
    collect(largest);
    open_bytes -= before - largest.partition->open_range_bytes();
  }
}

void Intake::push_on_time(Owned& owned) {
  const bool idle = owned.idle_since && now_ - *owned.idle_since >= settings_.tick_after;
  if (!idle || owned.tick_under_way || owned.partition->open_runs() == 0 || owned.partition->is_replaying()) return;
  owned.tick_under_way = true;
  outflow_.push(owned.life, {.to = ToInput{owned.partition->number()},
                             .value = wire::encode_tick(),
                             .trace_parent = {},
                             .pin = Emission::pins_nothing});
}

void Intake::collect(Owned& owned) {
  if (!owned.partition->has_emissions()) return;
  for (Emission& emission : owned.partition->take_emissions()) outflow_.push(owned.life, std::move(emission));
}

void Intake::commit_all() {
  next_commit_ = now_ + settings_.commit_interval;
  Holdings holdings;
  for (auto& [number, owned] : owned_) {
    commit(owned);
    holdings.replaying += owned.partition->is_replaying() ? 1 : 0;
    holdings.open_runs += owned.partition->open_runs();
    holdings.addresses += owned.partition->addresses();
    holdings.dedupe_bytes += owned.partition->dedupe_bytes();
    holdings.open_range_bytes += owned.partition->open_range_bytes();
  }
  holdings.partitions = owned_.size();
  holdings.halted = halted_;
  holdings.unacknowledged_bytes = outflow_.bytes();
  observer_.holds(holdings);
}

void Intake::commit(Owned& owned) {
  const auto point = owned.partition->commit_point(outflow_.lowest_pin(owned.life));
  if (!point || point->offset == owned.committed) return;
  const auto metadata = to_metadata(point->notes);
  const auto number = owned.partition->number();
  if (!metadata) {
    observer_.alarm(number, Alarm::commit_stays, "too much to remember for a replay");
    return;
  }
  source_.commit(number, point->offset, *metadata);
  owned.committed = point->offset;
  owned.partition->committed(*point);
  observer_.commit_started(number, point->offset, point->notes.restart);
}

void Intake::finish_draining() {
  if (!outflow_.is_empty()) return;
  commit_all();
  source_.finish_commits(settings_.revoke_wait);
  drained_ = true;
}

void Intake::report() {
  if (tally_.bytes == 0 && std::ranges::all_of(tally_.records, [](std::uint64_t count) { return count == 0; })) return;
  observer_.read(tally_);
  tally_ = {};
}

}  // namespace intake
