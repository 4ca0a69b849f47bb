#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "run/decided.hpp"

namespace delivery {

/// Writes rows in a form that the vendor imports.
///
/// Real: constant_contact::CsvEncoder. Same rows, columns and name() give the same bytes, in every life.
class RowEncoder {
 public:
  virtual ~RowEncoder() = default;

  /// Name and version, journalled with each batch: csv-1.
  virtual std::string_view name() const = 0;

  /// What stands before the rows. `columns`: of the job's mapped fields, as the vendor names them, without the address.
  virtual void begin(const std::vector<std::string>& columns, std::string& body) const = 0;
  virtual void row(std::string_view email, const std::vector<std::string>& values, std::string& body) const = 0;
  virtual void end(std::string& body) const = 0;
};

}  // namespace delivery
