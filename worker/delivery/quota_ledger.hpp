#pragma once

#include <chrono>
#include <cstdint>
#include <optional>

#include "run/journal.hpp"

namespace delivery {

struct QuotaSettings {
  std::uint32_t calls_per_day = 10'000;
  std::uint32_t block = 50;
  double resolve_share = 0.10;     ///< For polling and looking up; sends may not touch it.
  double on_demand_share = 0.10;   ///< For runs that a person asked for.
  std::chrono::seconds guard{60};  ///< Before midnight, in which a block is dead.
};

/// A day's record is kept longer than the day lasts, since clocks differ.
inline constexpr std::chrono::days quota_day_is_kept{2};

enum class Purpose : std::uint8_t { resolve, send, send_on_demand };

/// The calls of one application in one UTC day, counted before they are made.
///
/// A block of calls is journalled before the first of them is used, so that no crash can spend more than was counted;
/// what a crash leaves of a block is wasted. An owner that lets go gives it back.
class QuotaLedger {
 public:
  enum class Answer : std::uint8_t {
    yes,
    needs_block,  ///< Journal next_block(), then tell committed(), then ask again.
    spent,        ///< Not before opens_at().
  };

  QuotaLedger(run::ApplicationId application, QuotaSettings settings);

  /// From the journal, once; counts all of the block as used.
  void restore(const run::QuotaBlock& block);

  Answer take(Purpose purpose, run::UtcTime now);
  run::QuotaBlock next_block(run::UtcTime now) const;
  void committed(const run::QuotaBlock& block);

  /// What the journal is to say once no more calls are made; none if nothing is left of a block.
  std::optional<run::QuotaBlock> give_back();

  /// The vendor says that the day is spent, whatever we counted. Right after our midnight it may still mean the day
  /// before: its clock is not ours.
  void close_day(run::UtcTime now);

  /// When a purpose that got `spent` is worth asking for again.
  run::UtcTime opens_at(run::UtcTime now) const;

  /// For the metrics, of the day of `now`.
  std::uint32_t used(run::UtcTime now) const;
  std::uint32_t left(Purpose purpose, run::UtcTime now) const;

 private:
  std::uint32_t allowed(Purpose purpose) const;
  void turn_to(std::chrono::sys_days day);

  run::ApplicationId application_;
  QuotaSettings settings_;
  std::chrono::sys_days day_{};
  std::uint32_t reserved_ = 0;
  std::uint32_t in_hand_ = 0;
  run::UtcTime closed_until_{};
};

}  // namespace delivery
