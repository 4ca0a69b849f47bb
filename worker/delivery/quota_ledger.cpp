#include "delivery/quota_ledger.hpp"

#include <algorithm>
#include <utility>

namespace delivery {
namespace {

std::chrono::sys_days day_of(run::UtcTime now) { return std::chrono::floor<std::chrono::days>(now); }

}  // namespace

QuotaLedger::QuotaLedger(run::ApplicationId application, QuotaSettings settings)
    : application_{std::move(application)}, settings_{settings} {}

void QuotaLedger::restore(const run::QuotaBlock& block) {
  if (block.day < day_) return;
  turn_to(block.day);
  reserved_ = std::max(reserved_, block.reserved);
}

QuotaLedger::Answer QuotaLedger::take(Purpose purpose, run::UtcTime now) {
  // A clock that steps back must not open a day that was counted already.
  if (day_of(now) > day_) turn_to(day_of(now));
  if (now < closed_until_ || now >= day_ + std::chrono::days{1} - settings_.guard) return Answer::spent;
  if (reserved_ - in_hand_ >= allowed(purpose)) return Answer::spent;
  if (in_hand_ == 0) return reserved_ < settings_.calls_per_day ? Answer::needs_block : Answer::spent;
  --in_hand_;
  return Answer::yes;
}

run::QuotaBlock QuotaLedger::next_block(run::UtcTime now) const {
  const auto day = std::max(day_of(now), day_);
  const std::uint32_t before = day == day_ ? reserved_ : 0;
  return {application_, day, std::min(before + settings_.block, settings_.calls_per_day)};
}

void QuotaLedger::committed(const run::QuotaBlock& block) {
  if (block.day < day_) return;
  turn_to(block.day);
  if (block.reserved <= reserved_) return;
  in_hand_ += block.reserved - reserved_;
  reserved_ = block.reserved;
}

std::optional<run::QuotaBlock> QuotaLedger::give_back() {
  if (in_hand_ == 0) return std::nullopt;
  reserved_ -= std::exchange(in_hand_, 0);
  return run::QuotaBlock{application_, day_, reserved_};
}

void QuotaLedger::close_day(run::UtcTime now) {
  if (day_of(now) > day_) turn_to(day_of(now));
  closed_until_ = now < day_ + settings_.guard ? day_ + settings_.guard : day_ + std::chrono::days{1};
  in_hand_ = 0;
}

run::UtcTime QuotaLedger::opens_at(run::UtcTime now) const {
  return now < closed_until_ ? closed_until_ : run::UtcTime{day_of(now) + std::chrono::days{1}};
}

std::uint32_t QuotaLedger::used(run::UtcTime now) const { return day_of(now) > day_ ? 0 : reserved_ - in_hand_; }

std::uint32_t QuotaLedger::left(Purpose purpose, run::UtcTime now) const {
  const std::uint32_t gone = used(now);
  const bool shut = now < closed_until_;
  return shut || gone >= allowed(purpose) ? 0 : allowed(purpose) - gone;
}

std::uint32_t QuotaLedger::allowed(Purpose purpose) const {
  const auto floor_of = [this](double share) { return static_cast<std::uint32_t>(settings_.calls_per_day * share); };
  std::uint32_t calls = settings_.calls_per_day;
  if (purpose == Purpose::resolve) return calls;
  calls -= std::min(calls, floor_of(settings_.resolve_share));
  if (purpose == Purpose::send) calls -= std::min(calls, floor_of(settings_.on_demand_share));
  return calls;
}

void QuotaLedger::turn_to(std::chrono::sys_days day) {
  if (day == day_) return;
  day_ = day;
  reserved_ = 0;
  in_hand_ = 0;
  closed_until_ = {};
}

}  // namespace delivery
