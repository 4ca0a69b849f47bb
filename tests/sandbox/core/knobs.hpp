#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <string>

#include <boost/json/object.hpp>

namespace sandbox {

enum class Overlong : std::uint8_t { reject_request, row_error, truncate };
enum class PersonCount : std::uint8_t { distinct, rows, landed };
enum class UnknownList : std::uint8_t { not_found, bad_request, failed_activity };
enum class TooManyRows : std::uint8_t { ignored, bad_request, failed_activity };
enum class Duplicates : std::uint8_t { last_wins, first_wins, each_counted };
enum class ErrorLines : std::uint8_t { strings, none, objects };
enum class ActivityOrder : std::uint8_t { newest_first, oldest_first, random };
enum class QueueFullBody : std::uint8_t { array, object, empty };

/// What the vendor's documents leave open, one switch each; the defaults are the strictest readings. In JSON the names
/// are those of the members and the values those of the enumerators.
struct Knobs {
  // Tokens
  std::int64_t access_token_life_s = 86'400;
  std::int64_t refresh_token_life_s = 180 * 86'400;
  std::int64_t grace_s = 0;  ///< How long a spent refresh token may be presented once more.
  bool reuse_revokes_family = true;
  std::int64_t token_calls_per_second = 1;
  // Limits
  std::int64_t rate = 4;        ///< Of applications that were seeded without one.
  std::int64_t daily = 10'000;  ///< The same.
  bool refused_calls_count = true;
  std::int64_t queue_limit = 1'000;
  QueueFullBody queue_full_body = QueueFullBody::array;
  // Reading of imports
  std::int64_t max_import_bytes = 4'000'000;
  std::int64_t max_import_lines = 40'000;  ///< CSV: the header is one of them; JSON: rows.
  TooManyRows too_many_rows = TooManyRows::ignored;
  UnknownList unknown_list_csv = UnknownList::not_found;
  UnknownList unknown_list_json = UnknownList::bad_request;
  bool list_ids_after_cut_fails_activity = false;  ///< Else the request is refused.
  Overlong overlong_csv = Overlong::row_error;
  Overlong overlong_json = Overlong::reject_request;
  std::int64_t max_email_csv = 80;
  std::int64_t max_email_json = 50;
  bool field_limits_kb = false;      ///< The import table's bounds (phone 25, street 50) instead of the schema's.
  bool wide_header_refused = false;  ///< More than 25 `cf:` columns in a CSV header fail the activity.
  // Rows
  bool bad_date_keeps_row = false;
  bool extra_custom_fields_ignored = false;
  bool unknown_custom_field_refused = false;
  bool backtick_allowed = true;
  Duplicates duplicates = Duplicates::last_wins;
  bool blank_clears = false;
  bool list_51_ignored = false;  ///< Else such a row counts as an error.
  bool signup_abuse = true;
  // Answers
  PersonCount person_count = PersonCount::distinct;
  bool count_header = true;  ///< items_total_count is rows + 1.
  bool counters_from_start = true;
  ErrorLines error_lines = ErrorLines::strings;
  ActivityOrder activity_order = ActivityOrder::newest_first;
  std::int64_t activity_visible_after_ms = 0;
  std::int64_t activity_life_days = 10;
  std::string json_source_file_name;
  std::int64_t date_skew_s = 0;
  // Engine
  std::int64_t start_delay_ms = 200;
  std::int64_t rows_per_second = 50'000;
  bool parallel = false;  ///< Else the jobs of an account run one after the other.
};

/// Sets what `changes` names; the text of the mistake, or empty. Nothing is set where there is a mistake.
std::string change(Knobs& knobs, const boost::json::object& changes);
boost::json::object to_json(const Knobs& knobs);

}  // namespace sandbox
