#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "run/decided.hpp"
#include "run/ids.hpp"

namespace delivery {

/// What all rows of a body share. `columns`: of the job's mapped fields, as the vendor names them, without the address.
struct Sheet {
  std::vector<std::string> columns;
  std::vector<run::ListId> list_ids;
};

/// Writes rows in a form that the vendor imports.
///
/// Real: constant_contact::CsvEncoder, constant_contact::JsonEncoder. Same rows, sheet and name() give the same bytes,
/// in every life.
class RowEncoder {
 public:
  virtual ~RowEncoder() = default;

  /// Name and version, journalled with each batch: csv-1.
  virtual std::string_view name() const = 0;
  /// An import in this form carries a file name, which the vendor's listing shows.
  virtual bool names_imports() const = 0;

  /// What stands before the rows.
  virtual void begin(const Sheet& sheet, std::string& body) const = 0;
  /// `values`: as many as the sheet has columns. What it adds depends on `body` only in whether a row stands there.
  virtual void row(const Sheet& sheet, std::string_view email, const std::vector<std::string>& values,
                   std::string& body) const = 0;
  virtual void end(std::string& body) const = 0;
};

/// The forms that a process can write: one for new batches, and those in which an earlier life may have begun one.
class RowEncoders {
 public:
  /// All of them outlive this.
  RowEncoders(const RowEncoder& usual, std::vector<const RowEncoder*> others)
      : usual_{usual}, others_{std::move(others)} {}

  const RowEncoder& usual() const { return usual_; }
  /// Null where no encoder has the name.
  const RowEncoder* named(std::string_view name) const {
    if (usual_.name() == name) return &usual_;
    for (const auto* other : others_) {
      if (other->name() == name) return other;
    }
    return nullptr;
  }

 private:
  const RowEncoder& usual_;
  std::vector<const RowEncoder*> others_;
};

}  // namespace delivery
