#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "contact/mapping.hpp"
#include "run/decided.hpp"
#include "wire/unreadable.hpp"

namespace wire {

Result<run::Decided> decode_decided(std::string_view payload);
std::string encode(const run::RunOpened& opened);
std::string encode(const run::DecidedRange& range);
std::string encode(const run::RunSealed& sealed);

/// Where a decided record lies in its run's chain, without its rows: what indexing the outbox needs.
struct DecidedLink {
  enum class Kind : std::uint8_t { opened, range, sealed };
  Kind kind = Kind::opened;
  run::RunInstance instance;
  run::Position prev;   ///< Of a range and a seal.
  run::Position first;  ///< Of a range.
  run::Position last;   ///< Of a range; of an opening its position.
  std::uint64_t rows = 0;
  std::uint64_t rejects = 0;
  std::string rule_set;
};
Result<DecidedLink> decode_link(std::string_view payload);

/// Builds a DecidedRange row by row in its final bytes, so that intake sees when it is full.
///
/// The bytes are those of encode(DecidedRange).
class RangeWriter {
 public:
  RangeWriter(run::RunInstance instance, run::Position prev, run::Position first, std::string rule_set);

  void add_row(run::Position position, const contact::Row& row);
  /// One that has a reason.
  void add_reject(const run::Reject& reject);

  run::Position prev() const { return prev_; }
  run::Position first() const { return first_; }
  std::uint64_t rows() const { return rows_; }
  std::uint64_t rejects() const { return rejects_; }

  /// Size of the record that finish gives, never too small; too large by at most 20 bytes, since `last` is open.
  std::size_t bytes() const;

  /// The record's value; `last` is the last position decided, also where it added nothing. Ends the writer.
  std::string finish(run::Position last);

 private:
  std::string header_;
  run::Position prev_;
  run::Position first_;
  std::string rule_set_;
  std::string row_bytes_;
  std::string reject_bytes_;
  std::uint64_t rows_ = 0;
  std::uint64_t rejects_ = 0;
};

}  // namespace wire
