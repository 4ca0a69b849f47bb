#pragma once

#include "delivery/row_encoder.hpp"

namespace constant_contact {

/// The whole body of the JSON import. `list_ids` comes first: what stands behind the vendor's cut at 4 MB is lost (fact
/// sheet, section 3.4).
///
/// A value that is missing has no key (section 6.6); days and months are numbers, everything else is a string (1.2).
class JsonEncoder : public delivery::RowEncoder {
 public:
  static constexpr std::string_view form = "json-1";

  std::string_view name() const override { return form; }
  bool names_imports() const override { return false; }
  void begin(const delivery::Sheet& sheet, std::string& body) const override;
  void row(const delivery::Sheet& sheet, std::string_view email, const std::vector<std::string>& values,
           std::string& body) const override;
  void end(std::string& body) const override;
};

}  // namespace constant_contact
