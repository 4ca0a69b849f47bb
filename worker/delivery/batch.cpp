#include "delivery/batch.hpp"

#include <algorithm>
#include <string_view>

namespace delivery {
namespace {

constexpr std::size_t id_length = 32;
constexpr std::string_view extension = ".csv";

bool is_ours(std::string_view name) {
  if (name.size() < id_length + 2 + extension.size() || !name.ends_with(extension)) return false;
  const auto id = name.substr(0, id_length);
  const auto attempt = name.substr(id_length + 1, name.size() - id_length - 1 - extension.size());
  return id.find_first_not_of("0123456789abcdef") == std::string_view::npos && name[id_length] == '-' &&
         !attempt.empty() && attempt.find_first_not_of("0123456789") == std::string_view::npos;
}

}  // namespace

std::string file_name(const run::BatchId& id, std::uint32_t attempt) {
  return id.value + "-" + std::to_string(attempt) + std::string{extension};
}

std::optional<Activity> find_ours(const std::vector<Activity>& activities, const run::BatchState& batch) {
  for (auto attempt = batch.attempt; attempt >= 1; --attempt) {
    const auto name = file_name(batch.batch_id, attempt);
    const auto found = std::find_if(activities.begin(), activities.end(),
                                    [&](const Activity& activity) { return activity.source_file_name == name; });
    if (found != activities.end()) return *found;
  }
  return std::nullopt;
}

bool is_held_once(const std::vector<Activity>& activities, const run::BatchState& batch) {
  std::size_t others = 0;
  bool counts = false;
  for (const auto& activity : activities) {
    if (!is_ours(activity.source_file_name) || !activity.source_file_name.starts_with(batch.batch_id.value)) continue;
    if (activity.id == batch.activity_id) {
      counts = true;
    } else {
      ++others;
    }
  }
  return counts && others == 0;
}

bool shows_our_names(const std::vector<Activity>& activities) {
  return std::any_of(activities.begin(), activities.end(),
                     [](const Activity& activity) { return is_ours(activity.source_file_name); });
}

}  // namespace delivery
