#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "delivery/row_encoder.hpp"

namespace support {

/// One line for the names, one for each row.
class FakeRowEncoder : public delivery::RowEncoder {
 public:
  std::string_view name() const override { return "lines-1"; }
  void begin(const std::vector<std::string>& columns, std::string& body) const override {
    body += "email";
    for (const auto& column : columns) body += "," + column;
    body += "\n";
  }
  void row(std::string_view email, const std::vector<std::string>& values, std::string& body) const override {
    body += email;
    for (const auto& value : values) body += "," + value;
    body += "\n";
  }
  void end(std::string&) const override {}
};

}  // namespace support
