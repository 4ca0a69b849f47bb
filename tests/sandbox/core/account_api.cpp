#include "sandbox/core/answers.hpp"
#include "sandbox/core/api.hpp"

namespace sandbox {

Response get_account_summary(Call& call) {
  return json_answer(200, {{"encoded_account_id", call.account.encoded_account_id},
                           {"organization_name", call.account.organization_name},
                           {"contact_email", "owner@" + call.account.encoded_account_id + ".example"},
                           {"country_code", "US"},
                           {"time_zone_id", "US/Eastern"}});
}

Response get_privileges(Call& call) {
  boost::json::array privileges;
  std::int64_t id = 100;
  for (const auto& name : call.account.privileges) {
    privileges.push_back({{"privilege_id", ++id}, {"privilege_name", name}});
  }
  return json_answer(200, privileges);
}

}  // namespace sandbox
