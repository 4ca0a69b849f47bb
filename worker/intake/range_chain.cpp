#include "intake/range_chain.hpp"

#include <algorithm>
#include <utility>

namespace intake {
namespace {

constexpr std::size_t position_bytes = 32;  ///< Tags and the largest varints of an entry.
constexpr std::size_t text_bytes = 6;       ///< Tag and length of a text.

}  // namespace

std::size_t size_bound(const contact::Row& row) {
  std::size_t bytes = position_bytes + text_bytes + row.email.text().size();
  for (const std::string& value : row.values) bytes += text_bytes + value.size();
  return bytes;
}

std::size_t size_bound(const run::Reject& reject) {
  return position_bytes + 2 * text_bytes + reject.profile_id.size() + reject.rule.size();
}

RangeChain::RangeChain(const Settings& settings, run::RunInstance instance, std::string rule_set)
    : settings_{settings},
      instance_{std::move(instance)},
      rule_set_{std::move(rule_set)},
      last_{instance_.job_offset, 0},
      age_{settings.range_age} {}

bool RangeChain::is_full_for(std::size_t bytes) const {
  return range_ && range_->bytes() + bytes >= settings_.range_bytes;
}

void RangeChain::add_row(run::Position position, const contact::Row& row, async::BootTime now) {
  open_at(position, now).add_row(position, row);
}

void RangeChain::add_reject(const run::Reject& reject, async::BootTime now) {
  open_at(reject.position, now).add_reject(reject);
}

void RangeChain::add_nothing(run::Position position, async::BootTime now) { open_at(position, now); }

std::string RangeChain::close(async::BootTime now) {
  const bool aged = now >= due();
  const bool small = range_->bytes() < settings_.small_range_bytes;
  age_ = aged && small ? std::min(age_ * 2, settings_.range_age_longest) : settings_.range_age;
  std::string record = range_->finish(last_);
  range_.reset();
  return record;
}

wire::RangeWriter& RangeChain::open_at(run::Position position, async::BootTime now) {
  if (!range_) {
    range_.emplace(instance_, last_, position, rule_set_);
    opened_at_ = now;
  }
  last_ = position;
  return *range_;
}

}  // namespace intake
