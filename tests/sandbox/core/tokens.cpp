#include "sandbox/core/tokens.hpp"

#include <algorithm>
#include <map>
#include <optional>

#include <boost/json/serialize.hpp>
#include <boost/url/parse.hpp>
#include <sodium.h>

#include "sandbox/core/answers.hpp"
#include "sandbox/core/requests.hpp"

namespace sandbox {
namespace {

namespace json = boost::json;
using std::chrono::seconds;

constexpr std::string_view issuer = "https://identity.constantcontact.com/oauth2/aus1lm3ry9mF7x2Ja0h8";

Response oauth_error(unsigned status, std::string_view error, std::string_view description) {
  return json_answer(status, {{"error", error}, {"error_description", description}});
}

Response invalid_grant() { return oauth_error(400, "invalid_grant", "The refresh token is invalid or expired."); }

/// A client id that nobody knows is told in the other shape of the service behind the vendor's host.
Response unknown_client() {
  return json_answer(401, {{"errorCode", "invalid_client"},
                           {"errorSummary", "Invalid value for 'client_id' parameter."},
                           {"errorLink", "invalid_client"},
                           {"errorId", "sandbox"},
                           {"errorCauses", json::array{}}});
}

std::string base64url(std::string_view bytes) {
  std::string text(sodium_base64_encoded_len(bytes.size(), sodium_base64_VARIANT_URLSAFE_NO_PADDING), '\0');
  sodium_bin2base64(text.data(), text.size(), reinterpret_cast<const unsigned char*>(bytes.data()), bytes.size(),
                    sodium_base64_VARIANT_URLSAFE_NO_PADDING);
  text.pop_back();
  return text;
}

struct Credentials {
  std::string id;
  std::string secret;
};

std::optional<Credentials> basic_credentials(std::string_view authorization) {
  constexpr std::string_view scheme = "Basic ";
  if (!authorization.starts_with(scheme)) return std::nullopt;
  authorization.remove_prefix(scheme.size());
  std::string bytes(authorization.size(), '\0');
  std::size_t size = 0;
  if (sodium_base642bin(reinterpret_cast<unsigned char*>(bytes.data()), bytes.size(), authorization.data(),
                        authorization.size(), nullptr, &size, nullptr, sodium_base64_VARIANT_ORIGINAL) != 0) {
    return std::nullopt;
  }
  bytes.resize(size);
  const auto colon = bytes.find(':');
  if (colon == std::string::npos) return std::nullopt;
  return Credentials{bytes.substr(0, colon), bytes.substr(colon + 1)};
}

void revoke(World& world, std::size_t grant) {
  world.grants[grant].revoked = true;
  for (auto& [text, token] : world.access_tokens) {
    if (token.grant == grant) token.revoked = true;
  }
}

/// Whether a spent token is let through once more; else the whole family may die.
bool within_grace(World& world, std::size_t grant, Time spent_at, Time now) {
  if (now < spent_at + seconds{world.knobs.grace_s}) return true;
  world.books.spent_presented();
  if (world.knobs.reuse_revokes_family) revoke(world, grant);
  return false;
}

Response refresh(World& world, const Application& application, const std::string& presented, Time now,
                 RequestLine& line) {
  const auto found = world.refresh_tokens.find(presented);
  if (found == world.refresh_tokens.end()) return invalid_grant();
  RefreshToken& token = found->second;
  const std::size_t place = token.grant;
  Grant& grant = world.grants[place];
  line.account = grant.account_id;
  if (grant.client_id != application.client_id || grant.revoked) return invalid_grant();
  if (now >= grant.used_at + seconds{world.knobs.refresh_token_life_s}) return invalid_grant();
  if (token.spent_at && !within_grace(world, place, *token.spent_at, now)) return invalid_grant();
  grant.used_at = now;
  if (application.rotating) {
    if (!token.spent_at) token.spent_at = now;
    // In the grace period the newest token is handed out again: the reply that was lost had this one.
    if (presented == grant.newest) {
      grant.newest = world.random.text(43);
      world.refresh_tokens.emplace(grant.newest, RefreshToken{.grant = place, .spent_at = {}});
    }
  }
  world.books.refreshed();
  return json_answer(200, {{"token_type", "Bearer"},
                           {"expires_in", world.knobs.access_token_life_s},
                           {"access_token", issue_access_token(world, place, now)},
                           {"scope", grant.scope},
                           {"refresh_token", grant.newest}});
}

bool too_often(const World& world, Application& application, Time now) {
  auto& recent = application.recent_token_calls;
  while (!recent.empty() && recent.front() <= now - seconds{1}) recent.pop_front();
  const bool refused = static_cast<std::int64_t>(recent.size()) >= world.knobs.token_calls_per_second;
  if (!refused || world.knobs.refused_calls_count) recent.push_back(now);
  return refused;
}

}  // namespace

std::string issue_access_token(World& world, std::size_t grant, Time now) {
  const Time expires_at = now + seconds{world.knobs.access_token_life_s};
  const auto seconds_of = [](Time time) { return std::chrono::floor<seconds>(time).time_since_epoch().count(); };
  const Grant& owner = world.grants[grant];
  json::array scopes;
  for (const auto scope : split(owner.scope, ' ')) scopes.emplace_back(scope);
  const json::object claims{{"ver", 1},
                            {"jti", "AT." + world.random.text(340)},
                            {"iss", issuer},
                            {"aud", "https://api.cc.email/v3"},
                            {"iat", seconds_of(now)},
                            {"exp", seconds_of(expires_at)},
                            {"cid", owner.client_id},
                            {"scp", scopes},
                            {"sub", owner.account_id},
                            {"platform_user_id", world.random.uuid()}};
  std::string token = base64url(R"({"kid":"sandbox","alg":"RS256"})") + '.' + base64url(json::serialize(claims)) + '.' +
                      base64url(world.random.text(256));
  world.access_tokens.emplace(token, AccessToken{.grant = grant, .expires_at = expires_at});
  return token;
}

Response token_call(World& world, const Request& request, Time now, RequestLine& line) {
  auto form = read_form(request.body);
  auto credentials = basic_credentials(header(request, "Authorization"));
  if (!credentials && form.contains("client_id")) credentials = {form["client_id"], form["client_secret"]};
  if (!credentials) return oauth_error(401, "invalid_client", "Client authentication failed.");
  const auto found = world.applications.find(credentials->id);
  if (found == world.applications.end()) return unknown_client();
  Application& application = found->second;
  line.client = application.client_id;
  if (too_often(world, application, now)) {
    return json_answer(429, {{"errorCode", "E0000047"},
                             {"errorSummary", "API call exceeded rate limit due to too many requests."},
                             {"errorLink", "E0000047"},
                             {"errorId", "sandbox"},
                             {"errorCauses", json::array{}}});
  }
  if (credentials->secret != application.client_secret) {
    return oauth_error(401, "invalid_client", "The client secret supplied for a confidential client is invalid.");
  }
  if (!media_type(request).starts_with("application/x-www-form-urlencoded") || !form.contains("grant_type")) {
    return oauth_error(400, "invalid_request", "The token request must specify a grant type.");
  }
  if (form["grant_type"] != "refresh_token") {
    return oauth_error(400, "unsupported_grant_type", "The authorization grant type is not supported.");
  }
  if (!form.contains("refresh_token")) {
    return oauth_error(400, "invalid_request", "The token request must specify a refresh token.");
  }
  return refresh(world, application, form["refresh_token"], now, line);
}

}  // namespace sandbox
