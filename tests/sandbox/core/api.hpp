#pragma once

#include <map>
#include <string>

#include "sandbox/core/http.hpp"
#include "sandbox/core/world.hpp"

namespace sandbox {

/// One API call that passed the gate.
struct Call {
  World& world;
  Account& account;
  const Request& request;
  const std::map<std::string, std::string>& query;
  std::string id;  ///< Of the resource that the path names; else empty.
  Time now;
  RequestLine& line;
};

using Handler = Response (*)(Call& call);

Response get_account_summary(Call& call);
Response get_privileges(Call& call);
Response get_activities(Call& call);
Response get_activity(Call& call);
Response post_csv_import(Call& call);
Response post_json_import(Call& call);
Response get_lists(Call& call);
Response post_list(Call& call);
Response get_list(Call& call);
Response put_list(Call& call);
Response delete_list(Call& call);
Response get_custom_fields(Call& call);
Response post_custom_field(Call& call);

/// An activity as the API shows it.
boost::json::object activity_json(const Activity& activity, const Knobs& knobs, Time now);

}  // namespace sandbox
