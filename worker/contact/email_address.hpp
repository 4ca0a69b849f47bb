#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>

#include <boost/system/result.hpp>

namespace contact {

/// The rule that a text breaks which is no address we send. Closed; `name` is published with rejects.
enum class EmailFault : std::uint8_t {
  empty,
  invalid_utf8,
  missing_at,
  several_at,
  display_name,     ///< `Name <address>`
  quoted_local,     ///< `"quoted"@domain`
  comment,          ///< `local(comment)@domain`
  address_literal,  ///< `local@[192.0.2.1]`
  empty_local,
  local_too_long,
  local_character,
  local_dot,  ///< A dot at an end, or two in a row.
  empty_domain,
  domain_too_long,
  domain_without_dot,
  label_empty,  ///< Also a dot at an end of the domain.
  label_too_long,
  label_character,
  label_hyphen,  ///< A hyphen at an end of a label.
  numeric_tld,
  idn_invalid,  ///< UTS-46 refuses the domain.
  too_long,
};

/// Stable, lower case.
std::string_view name(EmailFault fault);

struct EmailLimits {
  std::size_t max_length = 80;  ///< Of the canonical form; the vendor's file import takes 80, its JSON schema says 50.
};

/// An address that the vendor takes, in the one spelling by which two of them are compared: lower case, domain in
/// A-labels. Plus tags and dots are kept, since the vendor treats them as different people.
class EmailAddress {
 public:
  /// Trims first (blanks.hpp). The local part is an ASCII dot-atom. A domain with a letter outside ASCII becomes
  /// A-labels by UTS-46, non-transitional; A-labels that arrive as such must be what UTS-46 would have made, else one
  /// domain had two spellings.
  static boost::system::result<EmailAddress, EmailFault> parse(std::string_view text, EmailLimits limits = {});

  const std::string& text() const& { return text_; }
  std::string text() && { return std::move(text_); }

  bool operator==(const EmailAddress&) const = default;

 private:
  explicit EmailAddress(std::string canonical) : text_{std::move(canonical)} {}

  std::string text_;
};

}  // namespace contact
