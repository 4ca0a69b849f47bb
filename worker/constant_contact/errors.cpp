#include "constant_contact/errors.hpp"

#include <algorithm>
#include <string>

#include "constant_contact/answers.hpp"

namespace constant_contact {
namespace {

using delivery::Error;
using delivery::NextStep;
using run::Reason;

constexpr std::size_t longest_key = 64;

/// Status and key only: a message may hold contact data, and so may a key that does not look like one.
std::string detail_of(unsigned status, std::string_view key) {
  std::string detail = "status " + std::to_string(status);
  const bool is_key = !key.empty() && key.size() <= longest_key &&
                      key.find_first_not_of("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789._-") ==
                          std::string_view::npos;
  if (is_key) detail.append(", ").append(key);
  return detail;
}

enum class Limit : std::uint8_t { none, second, day };

Limit limit_named_in(const ErrorBody& error) {
  if (error.key == "throttled" || error.key.ends_with(".over.qps")) return Limit::second;
  if (error.key == "quota_exceeded" || error.key.ends_with(".over.ratelimit")) return Limit::day;
  if (!error.key.empty()) return Limit::none;
  // The gateway's own bodies have no key; the vendor's messages are its words.
  if (error.message == "Too Many Requests") return Limit::second;
  if (error.message == "Limit Exceeded") return Limit::day;
  return Limit::none;
}

Error too_many(Limit limit, Effect effect, std::string detail) {
  switch (limit) {
    case Limit::second:
      return {NextStep::retry, Reason::rate, std::move(detail), {}};
    case Limit::day:
      // When the day ends is the caller's to say: it has the corrected clock.
      return {NextStep::wait_until, Reason::daily_quota, std::move(detail), {}};
    case Limit::none:
      break;
  }
  // Only a bulk request can find the queue of 1,000 full.
  if (effect == Effect::starts_import) return {NextStep::park, Reason::vendor_queue_full, std::move(detail), {}};
  return {NextStep::retry, Reason::rate, std::move(detail), {}};
}

Error unavailable(Effect effect, std::string detail) {
  const auto step = effect == Effect::starts_import ? NextStep::look_up : NextStep::retry;
  return {step, Reason::vendor_unavailable, std::move(detail), {}};
}

/// Of an import it is about the rows. Of a question it says nothing about the run's data, and the same question may be
/// answered tomorrow: the run waits, until its deadline at most.
Error refused(NextStep import_step, Effect effect, std::string detail) {
  if (effect == Effect::starts_import) return {import_step, Reason::import_refused, std::move(detail), {}};
  return {NextStep::park, Reason::vendor_unavailable, std::move(detail), {}};
}

}  // namespace

Error error_of(unsigned status, std::string_view body, Effect effect) {
  const auto error = read_error(body);
  auto detail = detail_of(status, error.key);
  switch (status) {
    case 400:
    case 413:
    case 422:
      return refused(NextStep::split, effect, std::move(detail));
    case 401:
      return {NextStep::refresh_token, Reason::needs_authorisation, std::move(detail), {}};
    case 403:
      // The retired APIs said so when they meant 429.
      if (const auto limit = limit_named_in(error); limit != Limit::none)
        return too_many(limit, effect, std::move(detail));
      return {NextStep::park, Reason::missing_privilege, std::move(detail), {}};
    case 404: {
      const auto reason = effect == Effect::starts_import ? Reason::list_missing : Reason::vendor_unavailable;
      return {NextStep::park, reason, std::move(detail), {}};
    }
    case 408:
      return unavailable(effect, std::move(detail));
    case 409:
      return {NextStep::retry, Reason::vendor_unavailable, std::move(detail), {}};
    case 429:
      return too_many(limit_named_in(error), effect, std::move(detail));
    default:
      break;
  }
  if (status >= 400 && status < 500) return refused(NextStep::reject, effect, std::move(detail));
  // A redirect means that the API's URL is wrong, which a person must mend; nothing was taken.
  if (status >= 300 && status < 400) return {NextStep::park, Reason::vendor_unavailable, std::move(detail), {}};
  return unavailable(effect, std::move(detail));
}

Error error_of(const http::Failure& failure, Effect effect) {
  switch (failure.kind) {
    case http::Failure::Kind::nothing_sent:
      return {NextStep::retry, Reason::vendor_unavailable, failure.detail, {}};
    case http::Failure::Kind::forbidden:
      return {NextStep::stop, Reason::none, failure.detail, {}};
    case http::Failure::Kind::perhaps_taken:
      break;
  }
  return unavailable(effect, failure.detail);
}

Error unreadable(Effect effect) { return unavailable(effect, "the answer is not what was asked for"); }

delivery::TokenRefusal refusal_of(unsigned status, std::string_view body) {
  using Kind = delivery::TokenRefusal::Kind;
  const auto error = read_error(body);
  auto detail = detail_of(status, error.key);
  // Okta's form of 429 has a code of its own.
  if (status == 429 || error.key == "E0000047") return {Kind::too_fast, std::move(detail)};
  if (status >= 400 && status < 500 && status != 408) {
    // Only the word itself: the text beside it has changed before, and a gateway's page says nothing about a grant.
    if (error.key == "invalid_grant") return {Kind::grant_dead, std::move(detail)};
    return {Kind::client_refused, std::move(detail)};
  }
  // A redirect: the token URL is wrong, and nothing was spent.
  if (status >= 300 && status < 400) return {Kind::client_refused, std::move(detail)};
  return {Kind::ambiguous, std::move(detail)};
}

delivery::TokenRefusal refusal_of(const http::Failure& failure) {
  using Kind = delivery::TokenRefusal::Kind;
  const bool taken = failure.kind == http::Failure::Kind::perhaps_taken;
  return {taken ? Kind::ambiguous : Kind::nothing_sent, failure.detail};
}

}  // namespace constant_contact
