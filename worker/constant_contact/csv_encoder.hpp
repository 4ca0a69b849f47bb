#pragma once

#include "delivery/row_encoder.hpp"

namespace constant_contact {

/// Rows for the CSV file import: RFC 4180, UTF-8, no byte order mark, LF.
///
/// The dialect is not documented (fact sheet, section 1.3), so nothing unusual is written: a value is quoted only where
/// it must be, and line breaks never occur, since intake made them blanks.
class CsvEncoder : public delivery::RowEncoder {
 public:
  std::string_view name() const override { return "csv-1"; }
  bool names_imports() const override { return true; }
  void begin(const delivery::Sheet& sheet, std::string& body) const override;
  void row(const delivery::Sheet& sheet, std::string_view email, const std::vector<std::string>& values,
           std::string& body) const override;
  void end(std::string&) const override {}
};

}  // namespace constant_contact
