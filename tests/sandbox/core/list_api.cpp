#include <algorithm>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include <boost/json/parse.hpp>

#include "sandbox/core/answers.hpp"
#include "sandbox/core/api.hpp"
#include "sandbox/core/engine.hpp"
#include "sandbox/core/paging.hpp"
#include "sandbox/core/requests.hpp"
#include "sandbox/core/row_rules.hpp"
#include "sandbox/core/times.hpp"

namespace sandbox {
namespace {

namespace json = boost::json;

constexpr std::size_t max_lists = 1'000;

std::string value_or(const Call& call, const std::string& name, const std::string& fallback) {
  const auto found = call.query.find(name);
  return found == call.query.end() ? fallback : found->second;
}

/// `count`: empty, all or active.
json::object list_json(const Call& call, const ContactList& list, const std::string& count) {
  json::object result{{"list_id", list.id},
                      {"name", list.name},
                      {"description", list.description},
                      {"favorite", list.favorite},
                      {"created_at", time_text(list.created_at)},
                      {"updated_at", time_text(list.updated_at)}};
  if (list.deleted) result["deleted_at"] = time_text(list.deleted_at);
  if (count == "all") result["membership_count"] = list.members.size();
  if (count == "active") {
    result["membership_count"] = std::count_if(list.members.begin(), list.members.end(), [&](std::uint32_t place) {
      return !call.account.contacts.at(place).unsubscribed;
    });
  }
  return result;
}

bool is_count(const std::string& word) { return word.empty() || word == "all" || word == "active"; }

struct Input {
  std::string name;
  std::string description;
  bool favorite = false;
};

std::optional<Input> read_input(const std::string& body) {
  boost::system::error_code unreadable;
  const json::value value = json::parse(body, unreadable);
  if (unreadable || !value.is_object()) return std::nullopt;
  const auto& object = value.get_object();
  const auto* name = object.if_contains("name");
  if (name == nullptr || !name->is_string() || name->get_string().empty()) return std::nullopt;
  Input input{.name = std::string{name->get_string()}, .description = {}};
  if (length_of(input.name) > 255) return std::nullopt;
  if (const auto* text = object.if_contains("description"); text != nullptr && text->is_string()) {
    input.description = text->get_string();
  }
  if (const auto* favorite = object.if_contains("favorite"); favorite != nullptr && favorite->is_bool()) {
    input.favorite = favorite->get_bool();
  }
  return input;
}

Response name_taken() { return error_list(409, "contacts.api.conflict", "Validation failed: Name is not unique"); }

}  // namespace

Response get_lists(Call& call) {
  const auto page = read_page(call.query, 50, 1'000);
  if (!page) return validation_error("limit must be 1 to 1000");
  const std::string count = value_or(call, "include_membership_count", "");
  if (!is_count(count)) return validation_error("include_membership_count does not have a valid value");
  const std::string status = value_or(call, "status", "active");
  bool active = false;
  bool deleted = false;
  for (const auto word : split(status, ',')) {
    if (word != "all" && word != "active" && word != "deleted") return validation_error("status is not valid");
    active = active || word != "deleted";
    deleted = deleted || word != "active";
  }
  const std::string name = value_or(call, "name", "");
  std::vector<const ContactList*> all;
  for (const ContactList& list : call.account.contacts.lists()) {
    if (list.deleted ? !deleted : !active) continue;
    if (name.empty() || list.name == name) all.push_back(&list);
  }
  json::array lists;
  for (std::size_t index = page->first; index < page->end(all.size()); ++index) {
    lists.push_back(list_json(call, *all[index], count));
  }
  json::object answer{{"lists", std::move(lists)}};
  if (value_or(call, "include_count", "false") == "true") answer["lists_count"] = all.size();
  std::string path = "/v3/contact_lists?status=" + status;
  if (!count.empty()) path += "&include_membership_count=" + count;
  link_next(answer, *page, all.size(), path);
  return json_answer(200, answer);
}

Response get_list(Call& call) {
  const std::string count = value_or(call, "include_membership_count", "");
  const ContactList* list = call.account.contacts.find_list(lower(call.id));
  if (list == nullptr) return not_found();
  return json_answer(200, list_json(call, *list, is_count(count) ? count : ""));
}

Response post_list(Call& call) {
  auto input = read_input(call.request.body);
  if (!input) return validation_error("name is missing or too long");
  if (call.account.contacts.find_list_by_name(input->name) != nullptr) return name_taken();
  if (call.account.contacts.lists().size() >= max_lists) return validation_error("too many lists");
  ContactList list;
  list.id = call.world.random.uuid();
  list.name = std::move(input->name);
  list.description = std::move(input->description);
  list.favorite = input->favorite;
  list.created_at = list.updated_at = call.now;
  return json_answer(201, list_json(call, call.account.contacts.add_list(std::move(list)), ""));
}

Response put_list(Call& call) {
  ContactList* list = call.account.contacts.find_list(lower(call.id));
  if (list == nullptr || list->deleted) return not_found();
  auto input = read_input(call.request.body);
  if (!input) return validation_error("name is missing or too long");
  const ContactList* same = call.account.contacts.find_list_by_name(input->name);
  if (same != nullptr && same != list) return name_taken();
  list->name = std::move(input->name);
  list->description = std::move(input->description);
  list->favorite = input->favorite;
  list->updated_at = call.now;
  return json_answer(200, list_json(call, *list, ""));
}

Response delete_list(Call& call) {
  const ContactList* list = call.account.contacts.find_list(lower(call.id));
  if (list == nullptr || list->deleted) return not_found();
  Activity activity;
  activity.deletes_list = list->id;
  const Activity& queued = enqueue(call.world, call.account, std::move(activity), call.now);
  Response response = json_answer(202, activity_json(queued, call.world.knobs, call.now));
  response.headers.emplace_back("Location", "/v3/activities/" + queued.id);
  return response;
}

}  // namespace sandbox
