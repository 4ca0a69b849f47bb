#include "delivery/run_chain.hpp"

#include <algorithm>
#include <utility>

namespace delivery {
namespace {

/// The part of a range above `mark`; none where the record cannot be read.
std::optional<run::RangeReference> trimmed(run::RangeReference range, run::Position mark, std::string_view payload) {
  const auto decided = wire::decode_decided(payload);
  const auto* body = decided ? std::get_if<run::DecidedRange>(&*decided) : nullptr;
  if (body == nullptr) return std::nullopt;
  const auto above = [mark](const auto& item) { return item.position > mark; };
  range.prev = mark;
  range.rows = static_cast<std::uint64_t>(std::count_if(body->rows.begin(), body->rows.end(), above));
  range.rejects = static_cast<std::uint64_t>(std::count_if(body->rejects.begin(), body->rejects.end(), above));
  return range;
}

}  // namespace

RunChain::RunChain(const run::JournalledIndex& index, std::int64_t opened_at_offset)
    : instance_{index.opened.instance} {
  add_opened(index.opened, opened_at_offset);
  for (const auto& range : index.ranges) accept(range, false);
  add_sealed(index.sealed);
}

RunChain::Took RunChain::add_opened(run::RunOpened opened, std::int64_t outbox_offset) {
  if (opened_) return Took::dropped;
  mark_ = opened.position();
  opened_ = std::move(opened);
  opened_at_offset_ = outbox_offset;
  accept_held();
  return Took::accepted;
}

RunChain::Took RunChain::add_range(const wire::DecidedLink& range, std::int64_t outbox_offset,
                                   std::string_view payload) {
  if (mark_ && range.last <= *mark_) return Took::dropped;
  run::RangeReference reference{.outbox_offset = outbox_offset,
                                .prev = range.prev,
                                .first = range.first,
                                .last = range.last,
                                .rows = range.rows,
                                .rejects = range.rejects,
                                .bytes = payload.size()};
  const bool other_rules = opened_ && range.rule_set != opened_->rule_set;
  if (!mark_ || range.prev > *mark_) {
    held_.push_back({std::move(reference), other_rules});
    return Took::held;
  }
  if (range.first <= *mark_) {
    auto part = trimmed(std::move(reference), *mark_, payload);
    if (!part) return Took::dropped;
    accept(*part, other_rules);
  } else {
    accept(reference, other_rules);
  }
  accept_held();
  return Took::accepted;
}

RunChain::Took RunChain::add_sealed(run::RunSealed sealed) {
  if (sealed_) return Took::dropped;
  if (opened_ && sealed.rule_set != opened_->rule_set) rules_changed_ = true;
  sealed_ = std::move(sealed);
  return Took::accepted;
}

void RunChain::accept(const run::RangeReference& range, bool other_rules) {
  if (other_rules) rules_changed_ = true;
  mark_ = range.last;
  rows_ += range.rows;
  rejects_ += range.rejects;
  ranges_.push_back(range);
}

void RunChain::accept_held() {
  // What was held and would have to be trimmed now stays held, since its record is gone: the seal then finds the gap.
  for (bool moved = true; moved;) {
    moved = false;
    for (auto held = held_.begin(); held != held_.end(); ++held) {
      if (held->range.prev > *mark_ || held->range.first <= *mark_) continue;
      accept(held->range, held->other_rules);
      held_.erase(held);
      moved = true;
      break;
    }
  }
}

RunChain::State RunChain::state() const {
  if (rules_changed_) return State::rules_changed;
  if (!sealed_) return State::open;
  const auto& totals = sealed_->totals;
  const bool whole = opened_ && *mark_ == sealed_->prev && rows_ == totals.accepted &&
                     rejects_ == totals.invalid + totals.duplicate + totals.over_cap;
  return whole ? State::complete : State::gap;
}

run::JournalledIndex RunChain::index() const { return {*opened_, ranges_, *sealed_}; }

}  // namespace delivery
