#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>
#include <gtest/gtest.h>

#include "sandbox/core/core.hpp"

namespace sandbox {

/// A core with one application, one account, one list and an access token, at 09:00 of a day of its own clock.
class CoreCase : public testing::Test {
 protected:
  static constexpr const char* list_id = "11111111-1111-4111-8111-111111111111";
  static constexpr const char* token_route = "/oauth2/default/v1/token";
  static constexpr const char* csv_route = "/v3/activities/contacts_file_import";
  static constexpr const char* json_route = "/v3/activities/contacts_json_import";

  CoreCase();

  void seed(const std::string& json) { ASSERT_EQ(core.seed(boost::json::parse(json), now), ""); }
  void arm(const std::string& json) { ASSERT_EQ(core.arm(boost::json::parse(json)), ""); }
  void pass(std::chrono::milliseconds time) { now += time; }

  /// One second after the call before it, so that no limit is met by chance.
  Response call(const std::string& method, const std::string& target, const std::string& body = {},
                const std::string& content_type = "application/json");
  Response get(const std::string& target) { return call("GET", target); }
  /// At this very time.
  Outcome at_once(const std::string& method, const std::string& target, const std::string& body = {},
                  const std::string& content_type = "application/json");
  /// A control route; takes no time.
  Response control(const std::string& method, const std::string& target, const std::string& body = {});

  Response refresh(const std::string& token, const std::string& credentials = "YXBwOnNlY3JldA==");
  Response post_csv(const std::string& csv, const std::string& lists = list_id, const std::string& file = "b-1.csv");
  Response post_json(const std::string& body) { return call("POST", json_route, body); }
  /// Posts the import, waits until it has ended and gives the activity.
  boost::json::object import_csv(const std::string& csv);
  boost::json::object import_json(const std::string& body);
  boost::json::object finished(const Response& posted);
  std::vector<std::string> emails();

  static boost::json::value parsed(const Response& response) { return boost::json::parse(response.body); }
  static std::string text(const boost::json::value& object, const char* name) {
    return std::string{object.at(name).as_string()};
  }
  static std::int64_t count(const boost::json::object& activity, const char* name) {
    return activity.at("status").at(name).as_int64();
  }
  static std::string error_key(const Response& response);

  Core core{7};
  Time now{std::chrono::sys_days{std::chrono::year{2026} / 3 / 1} + std::chrono::hours{9}};
};

/// The body of a CSV import as a client sends it.
std::string multipart(const std::string& csv, const std::string& lists, const std::string& file);
inline constexpr const char* multipart_type = "multipart/form-data; boundary=cut-here";

}  // namespace sandbox
