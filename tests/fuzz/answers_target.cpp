#include <algorithm>
#include <array>
#include <chrono>
#include <cstdio>

#include "constant_contact/answers.hpp"
#include "constant_contact/errors.hpp"
#include "fuzz/property.hpp"

namespace {

using fuzz::require;
using namespace constant_contact;

bool is_digit(char letter) { return letter >= '0' && letter <= '9'; }

void require_words_only(const std::string& detail) {
  constexpr std::string_view others = " ,._-";
  require(detail.size() < 100, "what goes into a log is short");
  require(std::ranges::all_of(detail,
                              [&](char letter) {
                                return is_digit(letter) || (letter >= 'a' && letter <= 'z') ||
                                       (letter >= 'A' && letter <= 'Z') || others.find(letter) != others.npos;
                              }),
          "what goes into a log is status and key");
}

void check_error(unsigned status, std::string_view body) {
  const auto error = read_error(body);
  require(error.key.size() + error.message.size() <= body.size(), "an answer holds what is read of it");
  for (const auto effect : {Effect::none, Effect::starts_import}) {
    const auto meaning = error_of(status, body, effect);
    require_words_only(meaning.detail);
    // Twice sent is worse than sent late: only what certainly took nothing may be repeated at once.
    if (effect == Effect::starts_import && status >= 500) {
      require(meaning.next_step == delivery::NextStep::look_up, "an import that may have been taken is looked up");
    }
  }
  require_words_only(refusal_of(status, body).detail);
}

void check_failure(std::string_view detail, http::Failure::Kind kind) {
  const http::Failure failure{kind, std::string{detail}};
  const bool taken = kind == http::Failure::Kind::perhaps_taken;
  require((error_of(failure, Effect::starts_import).next_step == delivery::NextStep::look_up) == taken,
          "an import that may have been taken is looked up");
  require(error_of(failure, Effect::none).next_step != delivery::NextStep::look_up, "a question is never looked up");
  require((refusal_of(failure).kind == delivery::TokenRefusal::Kind::ambiguous) == taken,
          "a grant that may have been spent is told");
  require(unreadable(Effect::starts_import).next_step == delivery::NextStep::look_up,
          "an import that may have been taken is looked up");
}

std::string written(run::UtcTime time) {
  const auto day = std::chrono::floor<std::chrono::days>(time);
  const std::chrono::year_month_day date{day};
  const std::chrono::hh_mm_ss clock{time - day};
  std::array<char, 64> text{};
  std::snprintf(text.data(), text.size(), "%04d-%02u-%02uT%02ld:%02ld:%02ld.%03ldZ", static_cast<int>(date.year()),
                static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()),
                static_cast<long>(clock.hours().count()), static_cast<long>(clock.minutes().count()),
                static_cast<long>(clock.seconds().count()), static_cast<long>(clock.subseconds().count()));
  return text.data();
}

void check_time(std::string_view text) {
  const auto time = read_time(text);
  if (!time) return;
  constexpr std::string_view marks = "-:T.+Z";
  require(std::ranges::all_of(
              text, [&](char letter) { return is_digit(letter) || marks.find(letter) != std::string_view::npos; }),
          "a time has digits and the marks between them");
  for (const std::size_t at : {0U, 2U, 5U, 8U, 11U, 14U, 17U}) require(is_digit(text[at]), "a number has no sign");
  const int year = static_cast<int>(std::chrono::year_month_day{std::chrono::floor<std::chrono::days>(*time)}.year());
  // An offset may lead out of the years that have four digits.
  if (year >= 0 && year <= 9999) require(read_time(written(*time)) == time, "a time that is written again reads equal");
}

std::size_t bytes_of(const delivery::Activity& activity) {
  require(!activity.id.empty(), "an activity has an id");
  return activity.id.value.size() + activity.source_file_name.size();
}

std::size_t bytes_of(const delivery::ContactList& list) {
  require(!list.id.empty(), "a list has an id");
  return list.id.value.size() + list.name.size();
}

std::size_t bytes_of(const delivery::CustomField& field) {
  return field.id.size() + field.label.size() + field.name.size() + field.type.size();
}

std::size_t bytes_of(const std::string& text) { return text.size(); }

std::size_t bytes_of(const delivery::AccountSummary& account) {
  require(!account.account_id.empty(), "an account has an id");
  return account.account_id.value.size() + account.organization_name.size();
}

std::size_t bytes_of(const TokenAnswer& answer) {
  require(!answer.access_token.empty(), "a token answer has a token");
  return answer.access_token.size() + answer.refresh_token.size() + answer.scope.size();
}

template <class T>
std::size_t bytes_of(const std::vector<T>& all) {
  std::size_t bytes = 0;
  for (const auto& one : all) bytes += bytes_of(one);
  // Each is an object of the answer; `{},` is the shortest.
  return bytes + 3 * all.size();
}

std::size_t bytes_of_page(const std::string& next, std::size_t rest) {
  require(next.empty() || next.starts_with('/'), "a next page is a path");
  return next.size() + rest;
}
std::size_t bytes_of(const delivery::ActivityPage& page) { return bytes_of_page(page.next, bytes_of(page.activities)); }
std::size_t bytes_of(const delivery::ListPage& page) { return bytes_of_page(page.next, bytes_of(page.lists)); }

template <class T>
void check_bounded(std::string_view body, std::optional<T> (*read)(std::string_view)) {
  const auto value = read(body);
  if (value) require(bytes_of(*value) <= body.size(), "an answer holds what is read of it");
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  auto body = fuzz::text(data, size);
  switch (fuzz::take_byte(body)) {
    case 'e': {
      const unsigned status = 300U + 4U * fuzz::take_byte(body);
      check_error(status + fuzz::take_byte(body) % 4U, body);
      break;
    }
    case 'f':
      check_failure(body, static_cast<http::Failure::Kind>(fuzz::take_byte(body) % 3));
      break;
    case 't':
      check_time(body);
      break;
    case 's':
      check_bounded(body, read_account);
      break;
    case 'p':
      check_bounded(body, read_privileges);
      break;
    case 'l':
      check_bounded(body, read_list);
      break;
    case 'L':
      check_bounded(body, read_lists);
      break;
    case 'c':
      check_bounded(body, read_custom_fields);
      break;
    case 'a':
      check_bounded(body, read_activity);
      break;
    case 'A':
      check_bounded(body, read_activities);
      break;
    case 'k':
      check_bounded(body, read_token);
      break;
    default:
      return -1;
  }
  return 0;
}
