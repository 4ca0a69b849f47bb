#include "sandbox/core/knobs.hpp"

#include <boost/describe.hpp>
#include <boost/json/value_from.hpp>
#include <boost/json/value_to.hpp>

namespace sandbox {

BOOST_DESCRIBE_ENUM(Overlong, reject_request, row_error, truncate)
BOOST_DESCRIBE_ENUM(PersonCount, distinct, rows, landed)
BOOST_DESCRIBE_ENUM(UnknownList, not_found, bad_request, failed_activity)
BOOST_DESCRIBE_ENUM(TooManyRows, ignored, bad_request, failed_activity)
BOOST_DESCRIBE_ENUM(Duplicates, last_wins, first_wins, each_counted)
BOOST_DESCRIBE_ENUM(ErrorLines, strings, none, objects)
BOOST_DESCRIBE_ENUM(ActivityOrder, newest_first, oldest_first, random)
BOOST_DESCRIBE_ENUM(QueueFullBody, array, object, empty)
BOOST_DESCRIBE_STRUCT(Knobs, (),
                      (access_token_life_s, refresh_token_life_s, grace_s, reuse_revokes_family, token_calls_per_second,
                       rate, daily, refused_calls_count, queue_limit, queue_full_body, max_import_bytes,
                       max_import_lines, too_many_rows, unknown_list_csv, unknown_list_json,
                       list_ids_after_cut_fails_activity, overlong_csv, overlong_json, max_email_csv, max_email_json,
                       field_limits_kb, wide_header_refused, bad_date_keeps_row, extra_custom_fields_ignored,
                       unknown_custom_field_refused, backtick_allowed, duplicates, blank_clears, list_51_ignored,
                       signup_abuse, person_count, count_header, counters_from_start, error_lines, activity_order,
                       activity_visible_after_ms, activity_life_days, json_source_file_name, date_skew_s,
                       start_delay_ms, rows_per_second, parallel))

std::string change(Knobs& knobs, const boost::json::object& changes) {
  boost::json::value merged = to_json(knobs);
  boost::json::object& all = merged.as_object();
  for (const auto& [name, value] : changes) {
    const auto found = all.find(name);
    if (found == all.end()) return "unknown knob: " + std::string{name};
    found->value() = value;
    if (!boost::json::try_value_to<Knobs>(merged)) return "not a value of this knob: " + std::string{name};
  }
  knobs = boost::json::value_to<Knobs>(merged);
  return {};
}

boost::json::object to_json(const Knobs& knobs) { return boost::json::value_from(knobs).as_object(); }

}  // namespace sandbox
