#include "unit/sandbox/core_case.hpp"

namespace sandbox {

CoreCase::CoreCase() {
  seed(R"({"applications": [{"client_id": "app", "client_secret": "secret"}],
           "accounts": [{"encoded_account_id": "p1", "organization_name": "One"}],
           "grants": [{"refresh_token": "first", "client": "app", "account": "p1", "access_token": "access",
                       "access_token_life_s": 100000000}],
           "lists": [{"list_id": "11111111-1111-4111-8111-111111111111", "name": "News"}],
           "custom_fields": [{"name": "tier", "label": "Tier", "type": "string"}]})");
}

Outcome CoreCase::at_once(const std::string& method, const std::string& target, const std::string& body,
                          const std::string& content_type) {
  Request request{.method = method, .target = target, .headers = {}, .body = body};
  request.headers.emplace_back("authorization", "Bearer access");
  if (!body.empty()) request.headers.emplace_back("content-type", content_type);
  return core.handle(request, now);
}

Response CoreCase::call(const std::string& method, const std::string& target, const std::string& body,
                        const std::string& content_type) {
  pass(std::chrono::seconds{1});
  return at_once(method, target, body, content_type).response.value();
}

Response CoreCase::control(const std::string& method, const std::string& target, const std::string& body) {
  return core.handle({.method = method, .target = target, .headers = {}, .body = body}, now).response.value();
}

Response CoreCase::refresh(const std::string& token, const std::string& credentials) {
  pass(std::chrono::seconds{1});
  Request request{
      .method = "POST",
      .target = token_route,
      .headers = {{"Authorization", "Basic " + credentials}, {"Content-Type", "application/x-www-form-urlencoded"}},
      .body = "grant_type=refresh_token&refresh_token=" + token};
  return core.handle(request, now).response.value();
}

std::string multipart(const std::string& csv, const std::string& lists, const std::string& file) {
  return "--cut-here\r\nContent-Disposition: form-data; name=\"list_ids\"\r\n\r\n" + lists +
         "\r\n--cut-here\r\nContent-Disposition: form-data; name=\"file\"; filename=\"" + file +
         "\"\r\nContent-Type: text/csv\r\n\r\n" + csv + "\r\n--cut-here--\r\n";
}

Response CoreCase::post_csv(const std::string& csv, const std::string& lists, const std::string& file) {
  return call("POST", csv_route, multipart(csv, lists, file), multipart_type);
}

boost::json::object CoreCase::finished(const Response& posted) {
  EXPECT_EQ(posted.status, 201U) << posted.body;
  pass(std::chrono::minutes{10});
  return parsed(get("/v3/activities/" + text(parsed(posted), "activity_id"))).as_object();
}

boost::json::object CoreCase::import_csv(const std::string& csv) { return finished(post_csv(csv)); }
boost::json::object CoreCase::import_json(const std::string& body) { return finished(post_json(body)); }

std::vector<std::string> CoreCase::emails() {
  std::vector<std::string> result;
  for (const auto& member : core.members(list_id, now)) result.push_back(member.email);
  return result;
}

std::string CoreCase::error_key(const Response& response) {
  const auto body = parsed(response);
  return text(body.is_array() ? body.at(0) : body, "error_key");
}

}  // namespace sandbox
