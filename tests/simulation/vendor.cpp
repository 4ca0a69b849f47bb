#include "simulation/vendor.hpp"

#include <stdexcept>
#include <utility>

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>

namespace simulation {
namespace {

namespace json = boost::json;

void expect_none(const std::string& mistake) {
  if (!mistake.empty()) throw std::logic_error("the stand-in does not take the plan: " + mistake);
}

json::object grant_of(const PlannedConnection& connection, std::size_t number) {
  return {{"refresh_token", refresh_token_of(connection.id, number)},
          {"client", connection.application},
          {"account", connection.account}};
}

void seed(sandbox::Core& core, const Plan& plan, sandbox::Time now) {
  json::array applications;
  json::array accounts;
  json::array grants;
  json::array lists;
  json::array fields;
  json::array contacts;
  for (const auto& application : plan.applications) {
    applications.push_back({{"client_id", application},
                            {"client_secret", secret_of(application)},
                            {"daily", plan.calls_per_day},
                            {"refresh", plan.rotating_tokens ? "rotating" : "long_lived"}});
  }
  for (const auto& connection : plan.connections) {
    accounts.push_back({{"encoded_account_id", connection.account}});
    grants.push_back(grant_of(connection, 1));
    for (std::size_t field = 0; field < plan.custom_fields; ++field) {
      fields.push_back({{"name", field_name(field)}, {"account", connection.account}});
    }
    for (const auto& email : connection.unsubscribed) {
      contacts.push_back({{"email", email}, {"state", "unsubscribed"}, {"account", connection.account}});
    }
  }
  for (const auto& run : plan.runs) {
    lists.push_back(
        {{"list_id", run.job.list_ids.front().value}, {"name", run.job.export_name}, {"account", run.account}});
  }
  const json::object all{{"applications", applications}, {"accounts", accounts}, {"grants", grants}, {"lists", lists},
                         {"custom_fields", fields},      {"contacts", contacts}};
  core.knobs().access_token_life_s = plan.access_token_life.count();
  // An export of several runs brings the same people more often than the vendor likes.
  core.knobs().signup_abuse = false;
  expect_none(core.seed(all, now));
}

void lose_answers(sandbox::Core& core, std::size_t count) {
  json::array faults;
  for (const auto* route : {"POST /v3/activities/contacts_file_import", "POST /v3/activities/contacts_json_import"}) {
    faults.push_back(
        {{"route", route}, {"effect", "reset"}, {"when", "after"}, {"probability", 0.3}, {"count", count}});
  }
  expect_none(core.arm(faults));
}

void fail(sandbox::Core& core, double share) {
  json::array faults;
  const auto add = [&](json::object fault) {
    fault["probability"] = share / 4;
    fault["count"] = -1;
    faults.push_back(std::move(fault));
  };
  for (const auto* route :
       {"POST /oauth2/default/v1/token", "POST /v3/activities/contacts_file_import",
        "POST /v3/activities/contacts_json_import", "GET /v3/activities", "GET /v3/activities/{activity_id}",
        "GET /v3/account/summary", "GET /v3/contact_lists/{list_id}"}) {
    for (const auto* when : {"before", "after"}) {
      add({{"route", route}, {"effect", "answer"}, {"status", 503}, {"when", when}});
      add({{"route", route}, {"effect", "reset"}, {"when", when}});
    }
  }
  expect_none(core.arm(faults));
}

}  // namespace

std::string secret_of(const std::string& application) { return "secret of " + application; }

std::string refresh_token_of(const std::string& connection, std::size_t number) {
  return "refresh-token-of-" + connection + "-" + std::to_string(number);
}

void set_up_vendor(sandbox::Core& core, const Plan& plan, sandbox::Time now) {
  seed(core, plan, now);
  if (plan.lost_answers > 0) lose_answers(core, plan.lost_answers);
  if (plan.vendor_faults > 0) fail(core, plan.vendor_faults);
}

void add_grant(sandbox::Core& core, const PlannedConnection& connection, std::size_t number, sandbox::Time now) {
  const json::array grants{grant_of(connection, number)};
  expect_none(core.seed(json::object{{"grants", grants}}, now));
}

}  // namespace simulation
