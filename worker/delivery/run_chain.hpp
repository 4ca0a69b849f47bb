#pragma once

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "run/journal.hpp"
#include "wire/decided.hpp"

namespace delivery {

/// What the outbox holds of one run: which ranges count, and whether all of it is there.
///
/// Several lives of intake may have written, cut at different places. The mark is the last position that is decided;
/// what lies at or below it is dropped before anything else about it is looked at, so every position counts once.
class RunChain {
 public:
  enum class Took : std::uint8_t {
    accepted,  ///< Moved the mark.
    dropped,   ///< Said nothing new.
    held,      ///< Follows something that has not been seen.
  };
  enum class State : std::uint8_t {
    open,
    complete,
    gap,            ///< OUTBOX_GAP: sealed, but positions or the opening are missing, or the totals disagree.
    rules_changed,  ///< RULES_CHANGED: a record that moved the mark was decided under other rules.
  };

  explicit RunChain(run::RunInstance instance) : instance_{std::move(instance)} {}
  RunChain(const run::JournalledIndex& index, std::int64_t opened_at_offset);

  Took add_opened(run::RunOpened opened, std::int64_t outbox_offset);
  /// `payload`: the record itself, read again where a part of it lies at or below the mark.
  Took add_range(const wire::DecidedLink& range, std::int64_t outbox_offset, std::string_view payload);
  Took add_sealed(run::RunSealed sealed);

  State state() const;
  const run::RunInstance& instance() const { return instance_; }
  const std::optional<run::RunOpened>& opened() const { return opened_; }
  const std::optional<run::RunSealed>& sealed() const { return sealed_; }
  std::int64_t opened_at_offset() const { return opened_at_offset_; }

  /// Those that count, in order. Of each, only rows and rejects above its `prev` count.
  const std::vector<run::RangeReference>& ranges() const { return ranges_; }
  std::uint64_t rows() const { return rows_; }
  std::optional<run::Position> mark() const { return mark_; }

  /// For the journal; only of a complete run.
  run::JournalledIndex index() const;

 private:
  struct Held {
    run::RangeReference range;
    bool other_rules;
  };

  void accept(const run::RangeReference& range, bool other_rules);
  void accept_held();

  run::RunInstance instance_;
  std::optional<run::RunOpened> opened_;
  std::optional<run::RunSealed> sealed_;
  std::int64_t opened_at_offset_ = -1;
  std::optional<run::Position> mark_;
  std::vector<run::RangeReference> ranges_;
  std::vector<Held> held_;
  std::uint64_t rows_ = 0;
  std::uint64_t rejects_ = 0;
  bool rules_changed_ = false;
};

}  // namespace delivery
