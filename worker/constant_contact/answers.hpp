#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "delivery/contact_api.hpp"

namespace constant_contact {

// Readers of the vendor's answers. None throws on any bytes: what is missing or of another type is none or empty, and a
// body that is not what was asked for is nullopt (fact sheet, section 4.1).

/// What an error body says; empty where it says nothing that we know.
struct ErrorBody {
  std::string key;      ///< error_key, or `error` of the token host.
  std::string message;  ///< May hold contact data: for decisions only, never for a log.
};
ErrorBody read_error(std::string_view body);

/// ISO 8601 with or without a fraction, `Z` or an offset.
std::optional<run::UtcTime> read_time(std::string_view text);

std::optional<delivery::AccountSummary> read_account(std::string_view body);
std::optional<std::vector<std::string>> read_privileges(std::string_view body);
std::optional<delivery::ContactList> read_list(std::string_view body);
std::optional<delivery::ListPage> read_lists(std::string_view body);
std::optional<std::vector<delivery::CustomField>> read_custom_fields(std::string_view body);
std::optional<delivery::Activity> read_activity(std::string_view body);
std::optional<delivery::ActivityPage> read_activities(std::string_view body);

struct TokenAnswer {
  std::string access_token;
  std::string refresh_token;  ///< Empty where the answer held none.
  std::string scope;
  long expires_in_seconds = 0;
};
std::optional<TokenAnswer> read_token(std::string_view body);

}  // namespace constant_contact
