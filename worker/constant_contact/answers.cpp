#include "constant_contact/answers.hpp"

#include <charconv>
#include <chrono>

#include <boost/json.hpp>

namespace constant_contact {
namespace {

namespace json = boost::json;

std::optional<json::value> parse(std::string_view body) {
  json::error_code error;
  // Depth is bounded by Boost.JSON itself (32).
  auto value = json::parse(json::string_view{body.data(), body.size()}, error);
  if (error) return std::nullopt;
  return value;
}

std::string text_of(const json::object& object, std::string_view name) {
  const auto* value = object.if_contains(json::string_view{name.data(), name.size()});
  if (value == nullptr || !value->is_string()) return {};
  return {value->get_string().data(), value->get_string().size()};
}

/// A number, or a text that is one.
std::optional<std::uint64_t> count_of(const json::object& object, std::string_view name) {
  const auto* value = object.if_contains(json::string_view{name.data(), name.size()});
  if (value == nullptr) return std::nullopt;
  if (value->is_uint64()) return value->get_uint64();
  if (value->is_int64()) {
    if (value->get_int64() < 0) return std::nullopt;
    return static_cast<std::uint64_t>(value->get_int64());
  }
  if (!value->is_string()) return std::nullopt;
  const auto& text = value->get_string();
  std::uint64_t number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc{} || end != text.data() + text.size() || text.empty()) return std::nullopt;
  return number;
}

const json::object* object_in(const json::object& object, std::string_view name) {
  const auto* value = object.if_contains(json::string_view{name.data(), name.size()});
  return value == nullptr ? nullptr : value->if_object();
}

const json::array* array_in(const json::object& object, std::string_view name) {
  const auto* value = object.if_contains(json::string_view{name.data(), name.size()});
  return value == nullptr ? nullptr : value->if_array();
}

/// `_links.next.href`: a path without a host; anything else is no next page.
std::string next_page(const json::object& answer) {
  const auto* links = object_in(answer, "_links");
  const auto* next = links == nullptr ? nullptr : object_in(*links, "next");
  std::string href = next == nullptr ? std::string{} : text_of(*next, "href");
  return href.starts_with('/') ? href : std::string{};
}

delivery::ActivityState state_of(std::string_view text) {
  using delivery::ActivityState;
  if (text == "initialized") return ActivityState::initialized;
  if (text == "processing") return ActivityState::processing;
  if (text == "completed") return ActivityState::completed;
  if (text == "cancelled") return ActivityState::cancelled;
  if (text == "failed") return ActivityState::failed;
  if (text == "timed_out" || text == "time_out") return ActivityState::timed_out;
  return ActivityState::unknown;
}

std::optional<delivery::Activity> activity_of(const json::object& object) {
  delivery::Activity activity;
  activity.id.value = text_of(object, "activity_id");
  if (activity.id.empty()) return std::nullopt;
  activity.state = state_of(text_of(object, "state"));
  activity.source_file_name = text_of(object, "source_file_name");
  activity.created_at = read_time(text_of(object, "created_at"));
  if (const auto* status = object_in(object, "status")) {
    activity.person_count = count_of(*status, "person_count");
    activity.error_count = count_of(*status, "error_count");
    activity.correctable_count = count_of(*status, "correctable_count");
    activity.cannot_add_to_list_count = count_of(*status, "cannot_add_to_list_count");
  }
  return activity;
}

std::optional<delivery::ContactList> list_of(const json::object& object) {
  delivery::ContactList list;
  list.id.value = text_of(object, "list_id");
  if (list.id.empty()) return std::nullopt;
  list.name = text_of(object, "name");
  list.deleted = !text_of(object, "deleted_at").empty();
  return list;
}

/// Digits only, without a sign.
std::optional<unsigned> number(std::string_view text) {
  unsigned value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc{} || end != text.data() + text.size() || text.empty()) return std::nullopt;
  return value;
}

}  // namespace

ErrorBody read_error(std::string_view body) {
  const auto parsed = parse(body);
  if (!parsed) return {};
  const auto* object = parsed->if_object();
  if (const auto* array = parsed->if_array(); array != nullptr && !array->empty()) object = array->front().if_object();
  if (object == nullptr) return {};
  ErrorBody error{text_of(*object, "error_key"), text_of(*object, "error_message")};
  for (const auto* key : {"error", "errorCode"}) {
    if (error.key.empty()) error.key = text_of(*object, key);
  }
  for (const auto* key : {"error_description", "errorSummary", "message"}) {
    if (error.message.empty()) error.message = text_of(*object, key);
  }
  return error;
}

std::optional<run::UtcTime> read_time(std::string_view text) {
  // 2026-04-28T21:48:16[.108](Z|-05:00)
  if (text.size() < 20 || text[4] != '-' || text[7] != '-' || text[10] != 'T' || text[13] != ':' || text[16] != ':') {
    return std::nullopt;
  }
  const auto year = number(text.substr(0, 4));
  const auto month = number(text.substr(5, 2));
  const auto day = number(text.substr(8, 2));
  const auto hour = number(text.substr(11, 2));
  const auto minute = number(text.substr(14, 2));
  const auto second = number(text.substr(17, 2));
  if (!year || !month || !day || !hour || !minute || !second) return std::nullopt;
  const std::chrono::year_month_day date{std::chrono::year{static_cast<int>(*year)}, std::chrono::month{*month},
                                         std::chrono::day{*day}};
  if (!date.ok() || *hour > 23 || *minute > 59 || *second > 60) return std::nullopt;
  run::UtcTime time = std::chrono::sys_days{date} + std::chrono::hours{*hour} + std::chrono::minutes{*minute} +
                      std::chrono::seconds{*second};

  auto rest = text.substr(19);
  if (rest.starts_with('.')) {
    const auto digits = rest.find_first_not_of("0123456789", 1);
    if (digits == std::string_view::npos || digits == 1) return std::nullopt;
    std::string thousandths{rest.substr(1, std::min<std::size_t>(3, digits - 1))};
    thousandths.resize(3, '0');
    time += std::chrono::milliseconds{*number(thousandths)};
    rest = rest.substr(digits);
  }
  if (rest == "Z") return time;
  if (rest.size() != 6 || (rest[0] != '+' && rest[0] != '-') || rest[3] != ':') return std::nullopt;
  const auto offset_hours = number(rest.substr(1, 2));
  const auto offset_minutes = number(rest.substr(4, 2));
  if (!offset_hours || !offset_minutes) return std::nullopt;
  const auto offset = std::chrono::hours{*offset_hours} + std::chrono::minutes{*offset_minutes};
  return rest[0] == '+' ? time - offset : time + offset;
}

std::optional<delivery::AccountSummary> read_account(std::string_view body) {
  const auto parsed = parse(body);
  const auto* object = parsed ? parsed->if_object() : nullptr;
  if (object == nullptr) return std::nullopt;
  delivery::AccountSummary account{run::AccountId{text_of(*object, "encoded_account_id")},
                                   text_of(*object, "organization_name")};
  if (account.account_id.empty()) return std::nullopt;
  return account;
}

std::optional<std::vector<std::string>> read_privileges(std::string_view body) {
  const auto parsed = parse(body);
  const auto* array = parsed ? parsed->if_array() : nullptr;
  if (array == nullptr) return std::nullopt;
  std::vector<std::string> names;
  for (const auto& item : *array) {
    if (const auto* object = item.if_object()) names.push_back(text_of(*object, "privilege_name"));
  }
  return names;
}

std::optional<delivery::ContactList> read_list(std::string_view body) {
  const auto parsed = parse(body);
  const auto* object = parsed ? parsed->if_object() : nullptr;
  return object == nullptr ? std::nullopt : list_of(*object);
}

std::optional<delivery::ListPage> read_lists(std::string_view body) {
  const auto parsed = parse(body);
  const auto* object = parsed ? parsed->if_object() : nullptr;
  const auto* array = object == nullptr ? nullptr : array_in(*object, "lists");
  if (array == nullptr) return std::nullopt;
  delivery::ListPage page;
  for (const auto& item : *array) {
    const auto* entry = item.if_object();
    if (auto list = entry == nullptr ? std::nullopt : list_of(*entry)) page.lists.push_back(std::move(*list));
  }
  page.next = next_page(*object);
  return page;
}

std::optional<std::vector<delivery::CustomField>> read_custom_fields(std::string_view body) {
  const auto parsed = parse(body);
  const auto* object = parsed ? parsed->if_object() : nullptr;
  const auto* array = object == nullptr ? nullptr : array_in(*object, "custom_fields");
  if (array == nullptr) return std::nullopt;
  std::vector<delivery::CustomField> fields;
  for (const auto& item : *array) {
    if (const auto* field = item.if_object()) {
      fields.push_back({text_of(*field, "custom_field_id"), text_of(*field, "label"), text_of(*field, "name"),
                        text_of(*field, "type")});
    }
  }
  return fields;
}

std::optional<delivery::Activity> read_activity(std::string_view body) {
  const auto parsed = parse(body);
  const auto* object = parsed ? parsed->if_object() : nullptr;
  return object == nullptr ? std::nullopt : activity_of(*object);
}

std::optional<delivery::ActivityPage> read_activities(std::string_view body) {
  const auto parsed = parse(body);
  const auto* object = parsed ? parsed->if_object() : nullptr;
  const auto* array = object == nullptr ? nullptr : array_in(*object, "activities");
  if (array == nullptr) return std::nullopt;
  delivery::ActivityPage page;
  for (const auto& item : *array) {
    const auto* entry = item.if_object();
    if (auto activity = entry == nullptr ? std::nullopt : activity_of(*entry)) {
      page.activities.push_back(std::move(*activity));
    }
  }
  page.next = next_page(*object);
  return page;
}

std::optional<TokenAnswer> read_token(std::string_view body) {
  const auto parsed = parse(body);
  const auto* object = parsed ? parsed->if_object() : nullptr;
  if (object == nullptr) return std::nullopt;
  TokenAnswer answer{text_of(*object, "access_token"), text_of(*object, "refresh_token"), text_of(*object, "scope"),
                     static_cast<long>(count_of(*object, "expires_in").value_or(0))};
  if (answer.access_token.empty()) return std::nullopt;
  return answer;
}

}  // namespace constant_contact
