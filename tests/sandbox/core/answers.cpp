#include "sandbox/core/answers.hpp"

#include <boost/json/serialize.hpp>

namespace sandbox {

Response json_answer(unsigned status, const boost::json::value& body) {
  return {status, {{"Content-Type", "application/json"}}, boost::json::serialize(body)};
}

Response error_list(unsigned status, std::string_view key, std::string_view message) {
  boost::json::array errors;
  errors.push_back({{"error_key", key}, {"error_message", message}});
  return json_answer(status, errors);
}

Response error_object(unsigned status, std::string_view key, std::string_view message) {
  return json_answer(status, {{"error_key", key}, {"error_message", message}});
}

}  // namespace sandbox
