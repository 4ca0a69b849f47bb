#include "contact/email_address.hpp"

#include <algorithm>
#include <array>
#include <cstdint>
#include <optional>
#include <stdexcept>

#include <unicode/uidna.h>

#include "contact/blanks.hpp"
#include "contact/utf8.hpp"

namespace contact {
namespace {

constexpr std::size_t max_local = 64;
constexpr std::size_t max_label = 63;
constexpr std::size_t max_domain = 253;

using CharacterSet = std::array<bool, 256>;

constexpr CharacterSet characters(std::string_view others) {
  CharacterSet set{};
  for (unsigned char c = '0'; c <= '9'; ++c) set[c] = true;
  for (unsigned char c = 'a'; c <= 'z'; ++c) set[c] = true;
  for (unsigned char c = 'A'; c <= 'Z'; ++c) set[c] = true;
  for (const char c : others) set[static_cast<unsigned char>(c)] = true;
  return set;
}

constexpr CharacterSet local_characters = characters("!#$%&'*+-/=?^_`{|}~.");
constexpr CharacterSet label_characters = characters("-");

constexpr bool contains(const CharacterSet& set, char c) { return set[static_cast<unsigned char>(c)]; }
constexpr bool is_digit(char c) { return c >= '0' && c <= '9'; }
constexpr char to_lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c | 0x20) : c; }

void append_lower(std::string& to, std::string_view text) {
  for (const char c : text) to.push_back(to_lower(c));
}

EmailFault character_fault(char c, EmailFault otherwise) {
  return c == '(' || c == ')' ? EmailFault::comment : otherwise;
}

std::optional<EmailFault> local_fault(std::string_view local) {
  using enum EmailFault;
  if (local.empty()) return empty_local;
  if (local.size() > max_local) return local_too_long;
  char previous = '.';
  for (const char c : local) {
    if (!contains(local_characters, c)) return character_fault(c, local_character);
    if (c == '.' && previous == '.') return local_dot;
    previous = c;
  }
  if (previous == '.') return local_dot;
  return std::nullopt;
}

std::optional<EmailFault> label_fault(std::string_view label) {
  using enum EmailFault;
  if (label.empty()) return label_empty;
  for (const char c : label) {
    if (!contains(label_characters, c)) return character_fault(c, label_character);
  }
  if (label.size() > max_label) return label_too_long;
  if (label.front() == '-' || label.back() == '-') return label_hyphen;
  return std::nullopt;
}

/// The domain is in ASCII.
std::optional<EmailFault> domain_fault(std::string_view domain) {
  using enum EmailFault;
  if (domain.empty()) return empty_domain;
  if (domain.size() > max_domain) return domain_too_long;
  std::size_t begin = 0;
  for (auto dot = domain.find('.'); dot != std::string_view::npos; dot = domain.find('.', begin)) {
    if (const auto fault = label_fault(domain.substr(begin, dot - begin))) return fault;
    begin = dot + 1;
  }
  const auto top_level = domain.substr(begin);
  if (const auto fault = label_fault(top_level)) return fault;
  if (begin == 0) return domain_without_dot;
  if (std::ranges::all_of(top_level, is_digit)) return numeric_tld;
  return std::nullopt;
}

const UIDNA* open_uts46() {
  UErrorCode status = U_ZERO_ERROR;
  const UIDNA* const uts46 = uidna_openUTS46(
      UIDNA_NONTRANSITIONAL_TO_ASCII | UIDNA_CHECK_BIDI | UIDNA_CHECK_CONTEXTJ | UIDNA_USE_STD3_RULES, &status);
  if (U_FAILURE(status)) throw std::runtime_error{"ICU has no data for UTS-46"};
  return uts46;
}

EmailFault idn_fault(std::uint32_t errors) {
  constexpr std::uint32_t hyphen = UIDNA_ERROR_LEADING_HYPHEN | UIDNA_ERROR_TRAILING_HYPHEN;
  constexpr std::uint32_t length =
      UIDNA_ERROR_EMPTY_LABEL | UIDNA_ERROR_LABEL_TOO_LONG | UIDNA_ERROR_DOMAIN_NAME_TOO_LONG;
  if ((errors & ~(hyphen | length)) != 0) return EmailFault::idn_invalid;
  if ((errors & hyphen) != 0) return EmailFault::label_hyphen;
  if ((errors & UIDNA_ERROR_EMPTY_LABEL) != 0) return EmailFault::label_empty;
  if ((errors & UIDNA_ERROR_LABEL_TOO_LONG) != 0) return EmailFault::label_too_long;
  return EmailFault::domain_too_long;
}

/// By UTS-46. The domain is UTF-8; what comes out is lower case and must be scanned like any other domain.
boost::system::result<std::string, EmailFault> to_a_labels(std::string_view domain) {
  // Four bytes give at least one, unless ICU drops them as ignorable.
  if (domain.size() > 4 * max_domain) return EmailFault::domain_too_long;

  static const UIDNA* const uts46 = open_uts46();
  std::array<char, 4 * max_domain> converted;
  UIDNAInfo info = UIDNA_INFO_INITIALIZER;
  UErrorCode status = U_ZERO_ERROR;
  const std::int32_t length = uidna_nameToASCII_UTF8(uts46, domain.data(), static_cast<std::int32_t>(domain.size()),
                                                     converted.data(), converted.size(), &info, &status);
  if (status == U_BUFFER_OVERFLOW_ERROR) return EmailFault::domain_too_long;
  // The status only tells of misuse; what is wrong with the domain stands in `errors`.
  if (U_FAILURE(status)) return EmailFault::idn_invalid;
  if (info.errors != 0) return idn_fault(info.errors);
  return std::string{converted.data(), static_cast<std::size_t>(length)};
}

bool has_a_label(std::string_view domain) {
  for (auto at = domain.find("--"); at != std::string_view::npos; at = domain.find("--", at + 1)) {
    const bool begins_label = at == 2 || (at > 2 && domain[at - 3] == '.');
    if (begins_label && to_lower(domain[at - 2]) == 'x' && to_lower(domain[at - 1]) == 'n') return true;
  }
  return false;
}

}  // namespace

std::string_view name(EmailFault fault) {
  using enum EmailFault;
  switch (fault) {
    case empty:
      return "empty";
    case invalid_utf8:
      return "invalid_utf8";
    case missing_at:
      return "missing_at";
    case several_at:
      return "several_at";
    case display_name:
      return "display_name";
    case quoted_local:
      return "quoted_local";
    case comment:
      return "comment";
    case address_literal:
      return "address_literal";
    case empty_local:
      return "empty_local";
    case local_too_long:
      return "local_too_long";
    case local_character:
      return "local_character";
    case local_dot:
      return "local_dot";
    case empty_domain:
      return "empty_domain";
    case domain_too_long:
      return "domain_too_long";
    case domain_without_dot:
      return "domain_without_dot";
    case label_empty:
      return "label_empty";
    case label_too_long:
      return "label_too_long";
    case label_character:
      return "label_character";
    case label_hyphen:
      return "label_hyphen";
    case numeric_tld:
      return "numeric_tld";
    case idn_invalid:
      return "idn_invalid";
    case too_long:
      return "too_long";
  }
  return "";
}

boost::system::result<EmailAddress, EmailFault> EmailAddress::parse(std::string_view text, EmailLimits limits) {
  using enum EmailFault;
  const auto address = trim(text);
  if (address.empty()) return empty;
  if (!is_valid_utf8(address)) return invalid_utf8;
  // These two first, for they may hold any character, an @ too.
  if (address.front() == '"') return quoted_local;
  if (address.back() == '>') return display_name;

  const auto at = address.find('@');
  if (at == std::string_view::npos) return missing_at;
  if (address.find('@', at + 1) != std::string_view::npos) return several_at;
  const auto local = address.substr(0, at);
  auto domain = address.substr(at + 1);
  if (const auto fault = local_fault(local)) return *fault;
  if (domain.starts_with('[')) return address_literal;

  std::string a_labels;
  if (!is_ascii(domain) || has_a_label(domain)) {
    auto converted = to_a_labels(domain);
    if (!converted) return converted.error();
    a_labels = *std::move(converted);
    domain = a_labels;
  }
  if (const auto fault = domain_fault(domain)) return *fault;

  std::string canonical;
  canonical.reserve(local.size() + 1 + domain.size());
  append_lower(canonical, local);
  canonical.push_back('@');
  append_lower(canonical, domain);
  if (canonical.size() > limits.max_length) return too_long;
  return EmailAddress{std::move(canonical)};
}

}  // namespace contact
