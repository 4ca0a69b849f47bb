#pragma once

#include <cstddef>
#include <cstdint>
#include <string>

namespace constant_contact {

/// Which of the vendor's two imports is used for new batches.
enum class ImportForm : std::uint8_t { csv, json };

/// The longest address that the form takes, in characters. Fact sheet, section 3.6: 80 by the table of the file import,
/// 50 by the schema of the JSON import.
constexpr std::size_t email_bound(ImportForm form) { return form == ImportForm::csv ? 80 : 50; }

/// The URLs are http::parse_base_url's; the path of each goes to the client that is made for it.
struct Settings {
  ImportForm import = ImportForm::csv;
  std::string api_url = "https://api.cc.email/v3";
  std::string token_url = "https://authz.constantcontact.com/oauth2/default/v1/token";
};

}  // namespace constant_contact
