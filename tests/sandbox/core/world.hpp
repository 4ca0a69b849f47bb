#pragma once

#include <cstdint>
#include <deque>
#include <map>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

#include "sandbox/core/activity.hpp"
#include "sandbox/core/books.hpp"
#include "sandbox/core/contact_book.hpp"
#include "sandbox/core/faults.hpp"
#include "sandbox/core/ids.hpp"
#include "sandbox/core/knobs.hpp"

namespace sandbox {

struct Application {
  std::string client_id;
  std::string client_secret;
  bool rotating = true;
  std::optional<std::int64_t> rate;   ///< None: the knob's.
  std::optional<std::int64_t> daily;  ///< The same.
  bool deactivated = false;
  std::deque<Time> recent;                            ///< Requests of the last second that count against the rate.
  std::deque<Time> recent_token_calls;                ///< The same at the token host.
  std::map<std::int64_t, std::int64_t> calls_by_day;  ///< Days since 1970.
};

struct CustomField {
  std::string id;
  std::string label;
  std::string name;
  std::string type;
  Time created_at;
};

struct Account {
  std::string encoded_account_id;
  std::string organization_name;
  std::vector<std::string> privileges;
  ContactBook contacts;
  std::vector<CustomField> custom_fields;
  std::deque<Activity> activities;  ///< Oldest first; those past their life are gone.
  std::size_t ended_in_front = 0;   ///< So many of the oldest have ended.
};

/// One sign-in of a user to an application, with all tokens that came of it.
struct Grant {
  std::string client_id;
  std::string account_id;
  std::string scope;
  bool revoked = false;
  std::string newest;  ///< Refresh token.
  Time used_at;
};

struct RefreshToken {
  std::size_t grant = 0;
  std::optional<Time> spent_at;
};

struct AccessToken {
  std::size_t grant = 0;
  Time expires_at;
  bool revoked = false;
};

/// All that the stand-in knows. Its parts are plain data; who may change what is in the files named after the calls.
struct World {
  explicit World(std::uint64_t random_seed) : random{random_seed} {}

  Random random;
  Knobs knobs;
  Faults faults;
  Books books;
  std::map<std::string, Application> applications;
  std::map<std::string, Account> accounts;
  std::vector<Grant> grants;
  std::unordered_map<std::string, RefreshToken> refresh_tokens;
  std::unordered_map<std::string, AccessToken> access_tokens;
  Time latest{};                        ///< Largest time told so far, with the offset.
  std::chrono::milliseconds offset{0};  ///< Of the control clock.
};

}  // namespace sandbox
