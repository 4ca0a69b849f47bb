#include <algorithm>
#include <optional>
#include <set>

#include "sandbox/core/answers.hpp"
#include "sandbox/core/api.hpp"
#include "sandbox/core/engine.hpp"
#include "sandbox/core/import_reading.hpp"
#include "sandbox/core/multipart.hpp"
#include "sandbox/core/requests.hpp"
#include "sandbox/core/row_rules.hpp"

namespace sandbox {
namespace {

constexpr std::size_t max_lists = 50;

std::optional<Response> refuse_list_ids(const Call& call, const ImportReading& reading) {
  const Knobs& knobs = call.world.knobs;
  if (!reading.lists_named) {
    if (reading.cut && knobs.list_ids_after_cut_fails_activity) return std::nullopt;
    return validation_error("list_ids is missing");
  }
  const auto& ids = reading.job.list_ids;
  if (ids.empty() || ids.size() > max_lists) return validation_error("list_ids must hold 1 to 50 ids");
  if (!std::all_of(ids.begin(), ids.end(), is_uuid))
    return validation_error("list_ids holds something that is no UUID");
  const UnknownList rule = reading.job.csv ? knobs.unknown_list_csv : knobs.unknown_list_json;
  if (rule == UnknownList::failed_activity) return std::nullopt;
  for (const auto& id : ids) {
    const ContactList* list = call.account.contacts.find_list(lower(id));
    if (list != nullptr && !list->deleted) continue;
    return rule == UnknownList::not_found ? not_found() : validation_error("list_ids names a list that does not exist");
  }
  return std::nullopt;
}

std::optional<Response> refuse_rows(const Call& call, const ImportJob& job) {
  const Knobs& knobs = call.world.knobs;
  const bool bounded = (job.csv ? knobs.overlong_csv : knobs.overlong_json) == Overlong::reject_request;
  if (!bounded && !knobs.unknown_custom_field_refused) return std::nullopt;
  std::set<std::string, std::less<>> custom;
  for (const auto& field : call.account.custom_fields) custom.insert(std::string{custom_prefix} + field.name);
  for (const Row& row : job.rows) {
    for (const auto& [field, value] : row.values) {
      const auto most = bounded ? max_length(field, job.csv, knobs) : std::nullopt;
      if (most && length_of(field == "email" ? trim(value) : value) > *most) {
        return validation_error("a value of " + field + " is too long");
      }
      if (knobs.unknown_custom_field_refused && field.starts_with(custom_prefix) && !custom.contains(field)) {
        return validation_error("unknown custom field");
      }
    }
  }
  return std::nullopt;
}

Response queue_full(QueueFullBody body) {
  constexpr std::string_view text = "You exceeded 1,000 queued activities for this user account.";
  if (body == QueueFullBody::array) return error_list(429, "contacts.api.too_many_activities", text);
  if (body == QueueFullBody::object) return error_object(429, "too_many_requests", text);
  return {.status = 429, .headers = {}, .body = {}};
}

Response start(Call& call, ImportReading reading) {
  call.line.rows = reading.rows_sent;
  if (!reading.refused.empty()) return validation_error(reading.refused);
  if (auto refusal = refuse_list_ids(call, reading)) return std::move(*refusal);
  if (auto refusal = refuse_rows(call, reading.job)) return std::move(*refusal);
  const Knobs& knobs = call.world.knobs;
  if (static_cast<std::int64_t>(unfinished(call.account)) >= knobs.queue_limit)
    return queue_full(knobs.queue_full_body);
  if (!reading.lists_named) reading.job.broken = "list_ids is missing";
  if (reading.cut) call.world.books.lost(reading.rows_sent - std::min(reading.rows_sent, reading.job.rows.size()));
  Activity activity;
  activity.file_name = reading.job.csv ? reading.file_name : knobs.json_source_file_name;
  activity.rows = reading.job.rows.size();
  activity.lists = reading.job.list_ids.size();
  activity.import = std::move(reading.job);
  const Activity& queued = enqueue(call.world, call.account, std::move(activity), call.now);
  return json_answer(201, activity_json(queued, knobs, call.now));
}

}  // namespace

Response post_csv_import(Call& call) {
  const auto boundary = boundary_of(header(call.request, "Content-Type"));
  if (!boundary) return validation_error("the multipart body has no boundary");
  ImportReading reading = read_csv_import(call.request.body, *boundary, call.world.knobs);
  call.line.file_name = reading.file_name;
  if (reading.refused.empty() && reading.wrong_file) {
    return error_list(415, "http.status.unsupported_media_type", "upload file must be of type .csv");
  }
  return start(call, std::move(reading));
}

Response post_json_import(Call& call) {
  ImportReading reading = read_json_import(call.request.body, call.world.knobs);
  reading.job.csv = false;
  auto answer = start(call, std::move(reading));
  if (answer.status == 201) call.world.books.json_import(call.request.body);
  return answer;
}

}  // namespace sandbox
