#include <algorithm>
#include <array>
#include <vector>

#include "sandbox/core/answers.hpp"
#include "sandbox/core/api.hpp"
#include "sandbox/core/engine.hpp"
#include "sandbox/core/paging.hpp"
#include "sandbox/core/times.hpp"

namespace sandbox {
namespace {

namespace json = boost::json;

json::array errors_of(const Activity& activity, ErrorLines form) {
  json::array errors;
  if (form == ErrorLines::none) return errors;
  for (const auto& text : activity.errors) {
    if (form == ErrorLines::objects) {
      errors.push_back({{"message", text}});
    } else {
      errors.emplace_back(text);
    }
  }
  return errors;
}

json::object counters_of(const Activity& activity, const Knobs& knobs, Time now) {
  const bool ended = has_ended(activity);
  if (!ended && !knobs.counters_from_start) return {};
  const auto percent = static_cast<std::size_t>(percent_done(activity, now));
  const std::size_t done = activity.state == ActivityState::completed ? activity.rows : activity.rows * percent / 100;
  const std::size_t header = knobs.count_header && activity.deletes_list.empty() ? 1 : 0;
  return {{"items_total_count", activity.rows + header},
          {"items_completed_count", done},
          {"person_count", activity.counts.persons},
          {"error_count", activity.counts.errors},
          {"correctable_count", activity.counts.correctable},
          {"cannot_add_to_list_count", activity.counts.cannot_add_to_list},
          {"list_count", activity.lists}};
}

/// The activities that the call may see, in the order in which it shows them.
std::vector<const Activity*> shown(Call& call, const std::string& state) {
  const auto lag = std::chrono::milliseconds{call.world.knobs.activity_visible_after_ms};
  std::vector<const Activity*> result;
  for (const Activity& activity : call.account.activities) {
    if (activity.created_at + lag > call.now) continue;
    if (state.empty() || state == name_of(activity.state)) result.push_back(&activity);
  }
  if (call.world.knobs.activity_order == ActivityOrder::newest_first) std::reverse(result.begin(), result.end());
  if (call.world.knobs.activity_order == ActivityOrder::random) {
    // Version 1 ids hold the time in another order than they are compared, so this is stable over the pages of a
    // listing.
    std::sort(result.begin(), result.end(), [](const auto* left, const auto* right) { return left->id < right->id; });
  }
  return result;
}

}  // namespace

const char* name_of(ActivityState state) {
  constexpr std::array names{"initialized", "processing", "completed", "cancelled", "failed", "timed_out"};
  return names[static_cast<std::size_t>(state)];
}

json::object activity_json(const Activity& activity, const Knobs& knobs, Time now) {
  json::object result{{"activity_id", activity.id},
                      {"state", name_of(activity.state)},
                      {"created_at", time_text(activity.created_at)},
                      {"percent_done", percent_done(activity, now)},
                      {"activity_errors", errors_of(activity, knobs.error_lines)},
                      {"status", counters_of(activity, knobs, now)},
                      {"_links", {{"self", {{"href", "/v3/activities/" + activity.id}}}}}};
  const bool ended = has_ended(activity);
  if (activity.state != ActivityState::initialized) result["started_at"] = time_text(activity.starts_at);
  if (ended) result["completed_at"] = time_text(activity.ends_at);
  result["updated_at"] = time_text(ended ? activity.ends_at : now);
  if (!activity.file_name.empty()) result["source_file_name"] = activity.file_name;
  return result;
}

Response get_activities(Call& call) {
  const auto page = read_page(call.query, 50, 500);
  if (!page) return validation_error("limit must be 1 to 500");
  std::string state;
  if (const auto wanted = call.query.find("state"); wanted != call.query.end()) state = wanted->second;
  constexpr std::array<std::string_view, 5> states{"processing", "completed", "cancelled", "failed", "timed_out"};
  if (!state.empty() && std::find(states.begin(), states.end(), state) == states.end()) {
    return validation_error("state does not have a valid value");
  }
  const auto all = shown(call, state);
  json::array activities;
  for (std::size_t index = page->first; index < page->end(all.size()); ++index) {
    activities.push_back(activity_json(*all[index], call.world.knobs, call.now));
  }
  json::object answer{{"activities", std::move(activities)}};
  link_next(answer, *page, all.size(), state.empty() ? "/v3/activities" : "/v3/activities?state=" + state);
  return json_answer(200, answer);
}

Response get_activity(Call& call) {
  const auto life = std::chrono::days{call.world.knobs.activity_life_days};
  for (const Activity& activity : call.account.activities) {
    if (activity.id != call.id || activity.created_at + life <= call.now) continue;
    return json_answer(200, activity_json(activity, call.world.knobs, call.now));
  }
  return not_found();
}

}  // namespace sandbox
