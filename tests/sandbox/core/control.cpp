#include "sandbox/core/control.hpp"

#include <algorithm>
#include <utility>

#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>
#include <boost/json/value_from.hpp>
#include <boost/json/value_to.hpp>

#include "sandbox/core/answers.hpp"
#include "sandbox/core/api.hpp"
#include "sandbox/core/engine.hpp"
#include "sandbox/core/requests.hpp"
#include "sandbox/core/row_rules.hpp"
#include "sandbox/core/seeding.hpp"
#include "sandbox/core/times.hpp"

namespace sandbox {
namespace {

namespace json = boost::json;

Response text_answer(unsigned status, std::string text, std::string_view type = "text/plain") {
  return {status, {{"Content-Type", std::string{type}}}, std::move(text)};
}

Response done(const std::string& mistake) {
  if (!mistake.empty()) return text_answer(400, mistake + "\n");
  return {.status = 204, .headers = {}, .body = {}};
}

const ContactList* find_list(World& world, std::string_view id, Account*& owner) {
  for (auto& [name, account] : world.accounts) {
    if (const ContactList* list = account.contacts.find_list(lower(id))) {
      owner = &account;
      return list;
    }
  }
  return nullptr;
}

Member member_of(const Contact& contact) {
  Member member{.email = contact.email, .first_name = {}, .last_name = {}, .fields = {}, .imports = contact.imports};
  for (const auto& [name, value] : contact.fields) {
    if (name == "first_name") {
      member.first_name = value;
    } else if (name == "last_name") {
      member.last_name = value;
    } else {
      member.fields[name] = value;
    }
  }
  return member;
}

Response get_members(World& world, std::string_view list_id, const Target& target) {
  Account* owner = nullptr;
  if (find_list(world, list_id, owner) == nullptr) return text_answer(404, "no such list\n");
  const auto limit = number_within(target.query, "limit", 10'000, 1, 100'000);
  const auto offset = number_within(target.query, "offset", 0, 0, 1'000'000'000);
  if (!limit || !offset) return text_answer(400, "limit is 1 to 100000, offset a number\n");
  json::array array;
  for (const Member& member : members(world, list_id, *offset, *limit)) {
    array.push_back({{"email", member.email},
                     {"first_name", member.first_name},
                     {"last_name", member.last_name},
                     {"fields", json::value_from(member.fields)},
                     {"imports", member.imports}});
  }
  Response response = json_answer(200, array);
  response.headers.emplace_back("X-Total-Count", std::to_string(member_count(world, list_id)));
  return response;
}

Response get_requests(const World& world, const Target& target) {
  const auto after = number_within(target.query, "after", 0, 0, 1'000'000'000);
  if (!after) return text_answer(400, "after is a number\n");
  const auto& lines = world.books.requests();
  std::string text;
  for (std::size_t index = *after; index < lines.size(); ++index) {
    const RequestLine& line = lines[index];
    const json::object object{{"time", time_text(line.time)}, {"client", line.client}, {"account", line.account},
                              {"route", line.route},          {"method", line.method}, {"status", line.status},
                              {"bytes", line.bytes},          {"rows", line.rows},     {"file_name", line.file_name}};
    text += json::serialize(object) + "\n";
  }
  return text_answer(200, std::move(text), "application/x-ndjson");
}

Response get_counters(const World& world) {
  const Counters& counters = world.books.counters();
  return json_answer(200,
                     {{"max_in_sliding_second", counters.max_in_sliding_second},
                      {"requests_by_utc_day", json::value_from(counters.requests_by_utc_day)},
                      {"activities_by_batch", json::value_from(counters.activities_by_batch)},
                      {"json_imports_by_body", json::value_from(counters.json_imports_by_body)},
                      {"activities_by_file", json::value_from(counters.activities_by_file)},
                      {"max_body_bytes", counters.max_body_bytes},
                      {"rows_lost", counters.rows_lost},
                      {"token_calls", counters.token_calls},
                      {"refreshes", counters.refreshes},
                      {"spent_refresh_tokens", counters.spent_refresh_tokens},
                      {"max_in_sliding_second_by_client", json::value_from(counters.max_in_sliding_second_by_client)},
                      {"requests_by_client_and_day", json::value_from(counters.requests_by_client_and_day)}});
}

Response get_activities_of_all(const World& world, Time now) {
  json::array array;
  for (const auto& [id, account] : world.accounts) {
    for (const Activity& activity : account.activities) {
      json::object object = activity_json(activity, world.knobs, now);
      object["account"] = id;
      array.push_back(std::move(object));
    }
  }
  return json_answer(200, array);
}

Response clock_answer(Time now) { return json_answer(200, {{"now", time_text(now)}}); }

Response advance_clock(World& world, const json::object& body, Time now) {
  std::chrono::milliseconds step{0};
  for (const auto& [name, value] : body) {
    const auto number = json::try_value_to<std::int64_t>(value);
    if (!number || *number < 0 || (name != "advance_s" && name != "advance_ms")) {
      return text_answer(400, "advance_s or advance_ms, not below 0\n");
    }
    step += std::chrono::milliseconds{name == "advance_s" ? *number * 1'000 : *number};
  }
  world.offset += step;
  world.latest = now + step;
  advance(world, world.latest);
  return clock_answer(world.latest);
}

Response post(World& world, std::string_view path, const std::string& body, Time now) {
  if (path == "reset") {
    reset(world);
    return done("");
  }
  boost::system::error_code unreadable;
  const json::value value = json::parse(body, unreadable);
  if (unreadable) return done("the body is not JSON");
  if (path == "faults") return done(world.faults.arm(value));
  if (!value.is_object()) return done("the body is not a JSON object");
  if (path == "seed") return done(seed(world, value, now));
  if (path == "knobs") return done(change(world.knobs, value.get_object()));
  if (path == "clock") return advance_clock(world, value.get_object(), now);
  return text_answer(404, "no such control route\n");
}

}  // namespace

Response control_call(World& world, const Request& request, Time now) {
  const auto target = read_target(request.target);
  if (!target) return text_answer(400, "not a path\n");
  constexpr std::string_view root = "/__sandbox/";
  const std::string_view path = std::string_view{target->path}.substr(std::min(root.size(), target->path.size()));
  if (request.method == "POST") return post(world, path, request.body, now);
  if (request.method == "DELETE" && path == "faults") {
    world.faults.clear();
    return done("");
  }
  if (request.method != "GET") return text_answer(405, "GET or POST; faults also DELETE\n");
  if (path == "requests") return get_requests(world, *target);
  if (path == "counters") return get_counters(world);
  if (path == "activities") return get_activities_of_all(world, now);
  if (path == "knobs") return json_answer(200, to_json(world.knobs));
  if (path == "clock") return clock_answer(now);
  constexpr std::string_view lists = "lists/";
  constexpr std::string_view end = "/members";
  if (path.starts_with(lists) && path.ends_with(end) && path.size() > lists.size() + end.size()) {
    return get_members(world, path.substr(lists.size(), path.size() - lists.size() - end.size()), *target);
  }
  return text_answer(404, "no such control route\n");
}

void reset(World& world) {
  World fresh{world.random.number()};
  fresh.latest = world.latest;
  fresh.offset = world.offset;
  world = std::move(fresh);
}

std::vector<Member> members(World& world, std::string_view list_id, std::size_t first, std::size_t limit) {
  std::vector<Member> result;
  Account* owner = nullptr;
  const ContactList* list = find_list(world, list_id, owner);
  if (list == nullptr) return result;
  for (std::size_t index = first; index < list->members.size() && result.size() < limit; ++index) {
    result.push_back(member_of(owner->contacts.at(list->members[index])));
  }
  return result;
}

std::size_t member_count(World& world, std::string_view list_id) {
  Account* owner = nullptr;
  const ContactList* list = find_list(world, list_id, owner);
  return list == nullptr ? 0 : list->members.size();
}

}  // namespace sandbox
