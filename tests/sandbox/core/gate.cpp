#include "sandbox/core/gate.hpp"

#include <algorithm>
#include <array>
#include <optional>

#include "sandbox/core/answers.hpp"
#include "sandbox/core/api.hpp"
#include "sandbox/core/multipart.hpp"
#include "sandbox/core/requests.hpp"

namespace sandbox {
namespace {

using std::chrono::seconds;

/// What the vendor's front refuses before the application sees it.
constexpr std::size_t max_gateway_bytes = 10U << 20U;

enum class Body : std::uint8_t { none, json, multipart };

struct Route {
  std::string_view method;
  std::string_view path;  ///< One `{…}` stands for one segment.
  std::string_view scope;
  std::string_view privilege;
  Body body;
  Handler handler;
};

constexpr std::array<Route, 13> routes{{
    {"GET", "/v3/account/summary", "account_read", "account:read", Body::none, get_account_summary},
    {"GET", "/v3/account/user/privileges", "", "", Body::none, get_privileges},
    {"GET", "/v3/activities", "contact_data", "contacts:write", Body::none, get_activities},
    {"POST", "/v3/activities/contacts_file_import", "contact_data", "contacts:write", Body::multipart, post_csv_import},
    {"POST", "/v3/activities/contacts_json_import", "contact_data", "contacts:write", Body::json, post_json_import},
    {"GET", "/v3/activities/{activity_id}", "contact_data", "contacts:write", Body::none, get_activity},
    {"GET", "/v3/contact_lists", "contact_data", "contacts:lists:read", Body::none, get_lists},
    {"POST", "/v3/contact_lists", "contact_data", "contacts:lists:write", Body::json, post_list},
    {"GET", "/v3/contact_lists/{list_id}", "contact_data", "contacts:lists:read", Body::none, get_list},
    {"PUT", "/v3/contact_lists/{list_id}", "contact_data", "contacts:lists:write", Body::json, put_list},
    {"DELETE", "/v3/contact_lists/{list_id}", "contact_data", "contacts:lists:write", Body::none, delete_list},
    {"GET", "/v3/contact_custom_fields", "contact_data", "contacts:read", Body::none, get_custom_fields},
    {"POST", "/v3/contact_custom_fields", "contact_data", "contacts:write", Body::json, post_custom_field},
}};

struct Match {
  const Route* route = nullptr;  ///< None: only other methods have this path, or none has.
  bool path_known = false;
  std::string_view path;  ///< Of the route that fits best.
  std::string id;
};

/// The segment that the pattern leaves open; empty where it has none; none where the path does not fit.
std::optional<std::string> fit(std::string_view pattern, std::string_view path) {
  const auto open = pattern.find('{');
  if (open == std::string_view::npos) return path == pattern ? std::optional<std::string>{""} : std::nullopt;
  if (path.size() <= open || path.substr(0, open) != pattern.substr(0, open)) return std::nullopt;
  const auto segment = path.substr(open);
  if (segment.find('/') != std::string_view::npos) return std::nullopt;
  return std::string{segment};
}

Match find_route(std::string_view method, std::string_view path) {
  Match match;
  for (const Route& route : routes) {
    const auto id = fit(route.path, path);
    if (!id) continue;
    // A path without an open segment is the better fit: it stands before the other one.
    if (!match.path_known) match.path = route.path;
    match.path_known = true;
    if (route.method != method) continue;
    return {.route = &route, .path_known = true, .path = route.path, .id = *id};
  }
  return match;
}

std::optional<std::string> bearer(const Request& request) {
  constexpr std::string_view scheme = "Bearer ";
  const auto value = header(request, "Authorization");
  if (!value.starts_with(scheme)) return std::nullopt;
  return std::string{value.substr(scheme.size())};
}

const AccessToken* find_token(const World& world, const Request& request) {
  const auto text = bearer(request);
  if (!text) return nullptr;
  const auto found = world.access_tokens.find(*text);
  return found == world.access_tokens.end() ? nullptr : &found->second;
}

Response unauthorized() {
  Response response = error_object(401, "unauthorized", "Unauthorized");
  response.headers.emplace_back("WWW-Authenticate", "Bearer realm=api.cc.email");
  return response;
}

Response forbidden() { return error_object(403, "forbidden", "Forbidden"); }

/// Day quota, then rate; a refused call counts as well, unless the knob says otherwise.
std::optional<Response> limit(const Knobs& knobs, Application& application, Time now) {
  const auto day = std::chrono::floor<std::chrono::days>(now).time_since_epoch().count();
  auto& calls = application.calls_by_day[day];
  auto& recent = application.recent;
  while (!recent.empty() && recent.front() <= now - seconds{1}) recent.pop_front();
  const bool spent = calls >= application.daily.value_or(knobs.daily);
  const bool throttled = static_cast<std::int64_t>(recent.size()) >= application.rate.value_or(knobs.rate);
  if ((!spent && !throttled) || knobs.refused_calls_count) {
    ++calls;
    recent.push_back(now);
  }
  if (spent) return error_object(429, "quota_exceeded", "Limit Exceeded");
  if (throttled) return error_object(429, "throttled", "Too Many Requests");
  return std::nullopt;
}

bool has(const std::vector<std::string>& words, std::string_view word) {
  return std::find(words.begin(), words.end(), word) != words.end();
}

bool right_body(Body body, const Request& request) {
  const std::string type = media_type(request);
  if (body == Body::json) return type.starts_with("application/json");
  return body == Body::none || type.starts_with("multipart/form-data");
}

}  // namespace

RequestLine describe(const World& world, const Request& request, Time now) {
  RequestLine line;
  line.time = now;
  line.method = request.method;
  line.bytes = request.body.size();
  const auto target = read_target(request.target);
  const std::string path = target ? target->path : "";
  const Match match = find_route(request.method, path);
  line.route = match.path_known ? std::string{match.path} : path;
  if (const AccessToken* token = find_token(world, request)) {
    line.client = world.grants[token->grant].client_id;
    line.account = world.grants[token->grant].account_id;
  }
  return line;
}

Response api_call(World& world, const Request& request, Time now, RequestLine& line) {
  const auto target = read_target(request.target);
  if (!target) return json_answer(400, {{"message", "Bad Request"}});
  if (request.body.size() > max_gateway_bytes) return json_answer(413, {{"message", "Request Too Long"}});
  const Match match = find_route(request.method, target->path);
  if (!match.path_known) return json_answer(404, {{"message", "Not Found"}});
  if (match.route == nullptr) return json_answer(405, {{"message", "Method Not Allowed"}});
  const Route& route = *match.route;

  const AccessToken* token = find_token(world, request);
  if (token == nullptr || token->revoked || now >= token->expires_at) return unauthorized();
  const Grant& grant = world.grants[token->grant];
  const auto application = world.applications.find(grant.client_id);
  const auto account = world.accounts.find(grant.account_id);
  if (application == world.applications.end() || account == world.accounts.end()) return unauthorized();
  if (application->second.deactivated) return forbidden();
  if (auto refusal = limit(world.knobs, application->second, now)) return std::move(*refusal);

  std::vector<std::string> scopes;
  for (const auto scope : split(grant.scope, ' ')) scopes.emplace_back(scope);
  if (!route.scope.empty() && !has(scopes, route.scope)) return forbidden();
  if (!route.privilege.empty() && !has(account->second.privileges, route.privilege)) return forbidden();
  if (!right_body(route.body, request)) {
    return error_list(415, "http.status.unsupported_media_type", "Unsupported Media Type");
  }
  Call call{.world = world,
            .account = account->second,
            .request = request,
            .query = target->query,
            .id = match.id,
            .now = now,
            .line = line};
  return route.handler(call);
}

}  // namespace sandbox
