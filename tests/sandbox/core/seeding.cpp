#include "sandbox/core/seeding.hpp"

#include <algorithm>
#include <initializer_list>
#include <vector>

#include <boost/json/value_to.hpp>

#include "sandbox/core/core.hpp"
#include "sandbox/core/requests.hpp"
#include "sandbox/core/row_rules.hpp"

namespace sandbox {
namespace {

namespace json = boost::json;

struct Mistake {
  std::string text;
};

/// One object of the seed; unknown members are mistakes, since a misspelt one would be a test of nothing.
class Entry {
 public:
  Entry(std::string_view kind, const json::value& value, std::initializer_list<std::string_view> known) : kind_{kind} {
    if (!value.is_object()) throw Mistake{kind_ + " is not an object"};
    object_ = &value.get_object();
    for (const auto& [name, ignored] : *object_) {
      if (std::find(known.begin(), known.end(), std::string_view{name}) == known.end()) {
        throw Mistake{kind_ + ": unknown member " + std::string{name}};
      }
    }
  }

  const json::value* find(std::string_view name) const { return object_->if_contains(name); }

  template <class T>
  T get(std::string_view name) const {
    const auto* value = find(name);
    if (value == nullptr) throw Mistake{kind_ + ": " + std::string{name} + " is missing"};
    const auto read = json::try_value_to<T>(*value);
    if (!read) throw Mistake{kind_ + ": " + std::string{name} + " has the wrong type"};
    return *read;
  }

  template <class T>
  T get_or(std::string_view name, T fallback) const {
    return find(name) == nullptr ? std::move(fallback) : get<T>(name);
  }

  std::vector<json::value> array(std::string_view name) const {
    return get_or<std::vector<json::value>>(name, std::vector<json::value>{});
  }

 private:
  std::string kind_;
  const json::object* object_ = nullptr;
};

const std::vector<std::string>& all_privileges() {
  static const std::vector<std::string> privileges{"account:read", "contacts:lists:read", "contacts:lists:write",
                                                   "contacts:read", "contacts:write"};
  return privileges;
}

void seed_application(World& world, const json::value& value) {
  const Entry entry{"application", value, {"client_id", "client_secret", "refresh", "rate", "daily", "deactivated"}};
  Application application;
  application.client_id = entry.get<std::string>("client_id");
  application.client_secret = entry.get<std::string>("client_secret");
  const auto refresh = entry.get_or<std::string>("refresh", "rotating");
  if (refresh != "rotating" && refresh != "long_lived") throw Mistake{"application: refresh is rotating or long_lived"};
  application.rotating = refresh == "rotating";
  if (entry.find("rate") != nullptr) application.rate = entry.get<std::int64_t>("rate");
  if (entry.find("daily") != nullptr) application.daily = entry.get<std::int64_t>("daily");
  application.deactivated = entry.get_or("deactivated", false);
  if (const auto known = world.applications.find(application.client_id); known != world.applications.end()) {
    application.recent = known->second.recent;
    application.recent_token_calls = known->second.recent_token_calls;
    application.calls_by_day = known->second.calls_by_day;
  }
  world.applications[application.client_id] = std::move(application);
}

/// Seeds what belongs to accounts; remembers which one is meant where an entry names none.
class AccountSeeding {
 public:
  AccountSeeding(World& world, Time now) : world_{world}, now_{now} {}

  void account(const json::value& value) {
    const Entry entry{"account", value, {"encoded_account_id", "organization_name", "privileges"}};
    const auto id = entry.get<std::string>("encoded_account_id");
    Account& account = world_.accounts[id];
    account.encoded_account_id = id;
    account.organization_name = entry.get_or<std::string>("organization_name", std::string{id});
    account.privileges = entry.get_or("privileges", all_privileges());
    if (first_ == nullptr) first_ = &account;
  }

  void grant(const json::value& value) {
    const Entry entry{
        "grant", value, {"refresh_token", "client", "account", "scope", "access_token", "access_token_life_s"}};
    Grant grant;
    grant.client_id = entry.get<std::string>("client");
    grant.account_id = account_of(entry).encoded_account_id;
    grant.scope = entry.get_or<std::string>("scope", "contact_data account_read offline_access");
    grant.newest = entry.get<std::string>("refresh_token");
    grant.used_at = now_;
    if (!world_.applications.contains(grant.client_id)) throw Mistake{"grant: unknown client " + grant.client_id};
    const std::size_t place = world_.grants.size();
    world_.refresh_tokens[grant.newest] = {.grant = place, .spent_at = {}};
    if (entry.find("access_token") != nullptr) {
      const auto life = entry.get_or("access_token_life_s", world_.knobs.access_token_life_s);
      world_.access_tokens[entry.get<std::string>("access_token")] = {.grant = place,
                                                                      .expires_at = now_ + std::chrono::seconds{life}};
    }
    world_.grants.push_back(std::move(grant));
  }

  void list(const json::value& value) {
    const Entry entry{"list", value, {"list_id", "name", "account", "deleted"}};
    ContactBook& book = account_of(entry).contacts;
    const auto id = lower(entry.get<std::string>("list_id"));
    if (!is_uuid(id)) throw Mistake{"list: list_id is not a UUID"};
    ContactList* list = book.find_list(id);
    if (list == nullptr) {
      ContactList fresh;
      fresh.id = id;
      fresh.created_at = now_;
      list = &book.add_list(std::move(fresh));
    }
    list->name = entry.get<std::string>("name");
    list->updated_at = now_;
    if (entry.get_or("deleted", false)) book.delete_list(*list, now_);
  }

  void custom_field(const json::value& value) {
    const Entry entry{"custom_field", value, {"name", "label", "type", "account"}};
    auto& fields = account_of(entry).custom_fields;
    const auto label = entry.get_or<std::string>("label", entry.get_or<std::string>("name", std::string{}));
    const auto name = entry.get_or<std::string>("name", name_of_label(label));
    if (name.empty()) throw Mistake{"custom_field: name is missing"};
    std::erase_if(fields, [&](const CustomField& known) { return known.name == name; });
    fields.push_back({.id = world_.random.uuid(),
                      .label = label,
                      .name = name,
                      .type = entry.get_or<std::string>("type", "string"),
                      .created_at = now_});
  }

  void contact(const json::value& value) {
    const Entry entry{"contact", value, {"email", "state", "account", "first_name", "last_name", "fields", "lists"}};
    ContactBook& book = account_of(entry).contacts;
    Contact& contact = book.get(lower(trim(entry.get<std::string>("email"))));
    for (const std::string_view name : {"first_name", "last_name"}) {
      if (entry.find(name) != nullptr) contact.fields[std::string{name}] = entry.get<std::string>(name);
    }
    for (const auto& [name, text] :
         entry.get_or<std::map<std::string, std::string>>("fields", std::map<std::string, std::string>{})) {
      contact.fields[name] = text;
    }
    for (const auto& id : entry.array("lists")) {
      const ContactList* list = id.is_string() ? book.find_list(lower(id.get_string())) : nullptr;
      if (list == nullptr) throw Mistake{"contact: unknown list"};
      book.join(contact, *list);
    }
    const auto state = entry.get_or<std::string>("state", "active");
    if (state != "active" && state != "unsubscribed" && state != "deleted" && state != "deleted_unsubscribed") {
      throw Mistake{"contact: state is active, unsubscribed, deleted or deleted_unsubscribed"};
    }
    contact.unsubscribed = state.ends_with("unsubscribed");
    contact.deleted = false;
    if (state.starts_with("deleted")) book.hide(contact);
  }

 private:
  Account& account_of(const Entry& entry) const {
    if (entry.find("account") != nullptr) {
      const auto found = world_.accounts.find(entry.get<std::string>("account"));
      if (found == world_.accounts.end()) throw Mistake{"unknown account " + entry.get<std::string>("account")};
      return found->second;
    }
    if (first_ != nullptr) return *first_;
    if (world_.accounts.size() == 1) return world_.accounts.begin()->second;
    throw Mistake{"account is missing"};
  }

  World& world_;
  Time now_;
  Account* first_ = nullptr;  ///< Of this seed.
};

}  // namespace

std::string seed(World& world, const json::value& what, Time now) {
  try {
    const Entry all{"seed", what, {"applications", "accounts", "grants", "lists", "custom_fields", "contacts"}};
    for (const auto& value : all.array("applications")) seed_application(world, value);
    AccountSeeding accounts{world, now};
    for (const auto& value : all.array("accounts")) accounts.account(value);
    for (const auto& value : all.array("grants")) accounts.grant(value);
    for (const auto& value : all.array("lists")) accounts.list(value);
    for (const auto& value : all.array("custom_fields")) accounts.custom_field(value);
    for (const auto& value : all.array("contacts")) accounts.contact(value);
  } catch (const Mistake& mistake) {
    return mistake.text;
  }
  return {};
}

std::string name_of_label(std::string_view label) {
  std::string name{label};
  std::replace(name.begin(), name.end(), ' ', '_');
  return name;
}

json::value demo_seed() {
  json::array applications;
  applications.push_back(
      {{"client_id", "demo-application"}, {"client_secret", "demo-secret"}, {"refresh", "rotating"}});
  json::array accounts;
  accounts.push_back({{"encoded_account_id", "p0demo"}, {"organization_name", "Demo"}});
  json::array grants;
  grants.push_back({{"refresh_token", "demo-refresh-token"}, {"client", "demo-application"}, {"account", "p0demo"}});
  json::array lists;
  lists.push_back({{"list_id", "11111111-1111-4111-8111-111111111111"}, {"name", "Newsletter"}});
  json::array custom_fields;
  custom_fields.push_back({{"name", "loyalty_tier"}, {"label", "Loyalty tier"}, {"type", "string"}});
  custom_fields.push_back({{"name", "city_code"}, {"label", "City code"}, {"type", "string"}});
  custom_fields.push_back({{"name", "member_since"}, {"label", "Member since"}, {"type", "date"}});
  return {{"applications", std::move(applications)},
          {"accounts", std::move(accounts)},
          {"grants", std::move(grants)},
          {"lists", std::move(lists)},
          {"custom_fields", std::move(custom_fields)}};
}

}  // namespace sandbox
