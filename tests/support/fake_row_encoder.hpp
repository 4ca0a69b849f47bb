#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "delivery/row_encoder.hpp"

namespace support {

/// One line for the names, one for each row. The vendor's listing shows the names of imports in the form "named".
class FakeRowEncoder : public delivery::RowEncoder {
 public:
  explicit FakeRowEncoder(std::string_view name = "named") : name_{name} {}

  std::string_view name() const override { return name_; }
  bool names_imports() const override { return name_ == "named"; }
  void begin(const delivery::Sheet& sheet, std::string& body) const override {
    body += "email";
    for (const auto& column : sheet.columns) body += "," + column;
    body += "\n";
  }
  void row(const delivery::Sheet& /*sheet*/, std::string_view email, const std::vector<std::string>& values,
           std::string& body) const override {
    body += email;
    for (const auto& value : values) body += "," + value;
    body += "\n";
  }
  void end(std::string&) const override {}

 private:
  std::string_view name_;
};

}  // namespace support
