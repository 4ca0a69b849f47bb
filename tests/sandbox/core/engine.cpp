#include "sandbox/core/engine.hpp"

#include <algorithm>
#include <utility>
#include <vector>

#include "sandbox/core/import_job.hpp"

namespace sandbox {
namespace {

using std::chrono::milliseconds;

Time after(Time time, milliseconds pause) { return time == Time::max() ? time : time + pause; }

milliseconds duration_of(std::size_t rows, const Knobs& knobs) {
  return milliseconds{static_cast<std::int64_t>(rows) * 1'000 / std::max<std::int64_t>(knobs.rows_per_second, 1)};
}

void delete_list(Account& account, Activity& activity) {
  if (ContactList* list = account.contacts.find_list(activity.deletes_list)) {
    account.contacts.delete_list(*list, activity.ends_at);
  }
}

void finish(const World& world, Account& account, Activity& activity) {
  activity.state = ActivityState::completed;
  if (activity.import) carry_out(world.knobs, account, activity, *activity.import);
  if (!activity.deletes_list.empty()) delete_list(account, activity);
  if (activity.forced && activity.forced->state) activity.state = *activity.forced->state;
  activity.import.reset();
}

void forget_old(const World& world, Account& account, Time now) {
  const auto life = std::chrono::days{world.knobs.activity_life_days};
  while (!account.activities.empty() && has_ended(account.activities.front()) &&
         account.activities.front().created_at + life <= now) {
    account.activities.pop_front();
    if (account.ended_in_front > 0) --account.ended_in_front;
  }
}

void advance(const World& world, Account& account, Time now) {
  auto& activities = account.activities;
  std::vector<std::pair<Time, std::size_t>> ending;
  for (std::size_t place = account.ended_in_front; place < activities.size(); ++place) {
    Activity& activity = activities[place];
    if (has_ended(activity)) continue;
    if (activity.starts_at <= now) activity.state = ActivityState::processing;
    if (activity.ends_at <= now) ending.emplace_back(activity.ends_at, place);
  }
  std::sort(ending.begin(), ending.end());
  for (const auto& [ends_at, place] : ending) finish(world, account, activities[place]);
  while (account.ended_in_front < activities.size() && has_ended(activities[account.ended_in_front])) {
    ++account.ended_in_front;
  }
  forget_old(world, account, now);
}

}  // namespace

Activity& enqueue(World& world, Account& account, Activity activity, Time now) {
  activity.id = world.random.uuid_of_time(now);
  activity.created_at = now;
  Time free_at = now;
  if (!world.knobs.parallel && !account.activities.empty()) free_at = std::max(now, account.activities.back().ends_at);
  activity.forced = world.faults.next_end(world.random);
  const bool never = activity.forced && !activity.forced->state;
  const std::size_t rows = activity.forced ? std::min(activity.rows, activity.forced->rows) : activity.rows;
  activity.starts_at = after(free_at, milliseconds{world.knobs.start_delay_ms});
  activity.ends_at = never ? Time::max() : after(activity.starts_at, duration_of(rows, world.knobs));
  world.books.activity(activity.file_name);
  return account.activities.emplace_back(std::move(activity));
}

void advance(World& world, Time now) {
  for (auto& [id, account] : world.accounts) advance(world, account, now);
}

bool has_ended(const Activity& activity) { return activity.state > ActivityState::processing; }

std::size_t unfinished(const Account& account) {
  return static_cast<std::size_t>(
      std::count_if(account.activities.begin() + static_cast<std::ptrdiff_t>(account.ended_in_front),
                    account.activities.end(), [](const Activity& activity) { return !has_ended(activity); }));
}

int percent_done(const Activity& activity, Time now) {
  if (has_ended(activity)) return activity.state == ActivityState::completed ? 100 : 99;
  if (now <= activity.starts_at || activity.ends_at == Time::max()) return 0;
  const auto done = (now - activity.starts_at) * 100 / std::max(activity.ends_at - activity.starts_at, milliseconds{1});
  return static_cast<int>(std::min<std::int64_t>(done, 99));
}

}  // namespace sandbox
