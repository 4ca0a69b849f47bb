#include "run/reason.hpp"

#include <array>

namespace run {
namespace {

struct Words {
  Reason reason;
  std::string_view name;
  ReasonClass reason_class;
  std::string_view remedy;
};

constexpr auto data = ReasonClass::data;
constexpr auto size = ReasonClass::size;
constexpr auto limit = ReasonClass::limit;
constexpr auto auth = ReasonClass::auth;
constexpr auto vendor = ReasonClass::vendor;
constexpr auto platform = ReasonClass::platform;

constexpr std::array<Words, reason_count> words{{
    {Reason::none, "", ReasonClass::none, ""},

    {Reason::waiting_for_members, "WAITING_FOR_MEMBERS", data,
     "Let upstream publish the members and one SegmentEnd for each segment."},
    {Reason::email_not_mapped, "EMAIL_NOT_MAPPED", data,
     "Name the attribute that holds the email in the job's mapping, then export again."},
    {Reason::unknown_field, "UNKNOWN_FIELD", data,
     "Create the custom field in the account, or correct the job's mapping, then export again."},
    {Reason::incomplete_run, "INCOMPLETE_RUN", data,
     "Find out why upstream sent no SegmentEnd for every segment, then export again."},
    {Reason::count_short, "COUNT_SHORT", data,
     "Compare the segment with what upstream published; members are missing."},
    {Reason::count_excess, "COUNT_EXCESS", data,
     "Compare the segment with what upstream published; more members came than it announced."},
    {Reason::empty, "EMPTY", data, "Check the segments: nobody in them can be sent."},
    {Reason::rows_rejected, "ROWS_REJECTED", data, "Read the run's rejects and correct these profiles."},
    {Reason::missing_email, "MISSING_EMAIL", data, "Add an email address to the profile."},
    {Reason::invalid_email, "INVALID_EMAIL", data, "Correct the profile's email address."},
    {Reason::invalid_utf8, "INVALID_UTF8", data, "Correct the text encoding where the profile's data come from."},
    {Reason::field_too_long, "FIELD_TOO_LONG", data, "Shorten the value in the profile, or leave the field out."},
    {Reason::unknown_segment, "UNKNOWN_SEGMENT", data, "List the segment in the job, or stop publishing its members."},
    {Reason::duplicate, "DUPLICATE", data, ""},
    {Reason::refused_by_vendor, "REFUSED_BY_VENDOR", data,
     "Look at the activity's errors in the Constant Contact account."},
    {Reason::unsubscribed, "UNSUBSCRIBED", data, ""},

    {Reason::held_over_cap, "HELD_OVER_CAP", size,
     "Run segment-export release to send the first people up to the cap, or segment-export cancel."},
    {Reason::over_cap, "OVER_CAP", size, "Make the segments smaller, raise the cap, or choose to truncate."},
    {Reason::run_too_large, "RUN_TOO_LARGE", size, "Split the segments over several exports."},
    {Reason::near_cap, "NEAR_CAP", size, "Raise the cap or make the segments smaller before the cap is reached."},
    {Reason::truncated_at_cap, "TRUNCATED_AT_CAP", size,
     "Raise the cap or make the segments smaller to send everybody."},

    {Reason::rate, "RATE", limit, ""},
    {Reason::daily_quota, "DAILY_QUOTA", limit,
     "Wait for midnight UTC; if it recurs, ask Constant Contact for a larger quota or export less often."},
    {Reason::vendor_queue_full, "VENDOR_QUEUE_FULL", limit,
     "Wait until the account's queued activities have ended, or stop what else queues them."},
    {Reason::fair_share, "FAIR_SHARE", limit, ""},
    {Reason::account_busy, "ACCOUNT_BUSY", limit, ""},
    {Reason::superseded, "SUPERSEDED", limit, ""},
    {Reason::repeated_run, "REPEATED_RUN", limit, "Publish the job under a run id that was never used."},
    {Reason::deadline, "DEADLINE", limit, "Remove what the run waited for, then publish it again."},
    {Reason::late, "LATE", limit, "Look at what the run waited for; if it recurs, export at another time of the day."},
    {Reason::too_often, "TOO_OFTEN", limit,
     "Export to this list less often; the vendor flags addresses added too often."},

    {Reason::needs_authorisation, "NEEDS_AUTHORISATION", auth, "Sign in to the connection's account again."},
    {Reason::secret_unavailable, "SECRET_UNAVAILABLE", auth,
     "Mount the client secret and the token key for the worker."},
    {Reason::no_connection, "NO_CONNECTION", auth,
     "Add the connection, or name an existing one in the job, then export again."},
    {Reason::no_consent, "NO_CONSENT", auth,
     "Record who agreed to share the data on the connection, then publish the run again."},
    {Reason::missing_privilege, "MISSING_PRIVILEGE", auth,
     "Sign in with a user who may change contacts and lists, then publish the run again."},
    {Reason::connection_changed, "CONNECTION_CHANGED", auth,
     "Check which account the connection leads to, then publish the run again."},
    {Reason::unknown_application, "UNKNOWN_APPLICATION", auth,
     "Configure the application on the workers, or correct it in the job, then publish the run again."},
    {Reason::authorisation_expires, "AUTHORISATION_EXPIRES", auth,
     "Sign in to the connection's account again before it expires."},

    {Reason::vendor_unavailable, "VENDOR_UNAVAILABLE", vendor,
     "Look at Constant Contact's status page; retries go on."},
    {Reason::application_deactivated, "APPLICATION_DEACTIVATED", vendor,
     "Reactivate the application in the Constant Contact developer portal."},
    {Reason::list_missing, "LIST_MISSING", vendor, "Create the list, or correct its id in the job, then export again."},
    {Reason::import_refused, "IMPORT_REFUSED", vendor,
     "Read the detail, correct the lists or the mapping, then publish the run again."},
    {Reason::shortfall, "SHORTFALL", vendor,
     "Compare the list with the receipt; publish the run again if people are missing."},
    {Reason::counters_missing, "COUNTERS_MISSING", vendor,
     "Compare the list with the receipt; the vendor gave no counts."},
    {Reason::possible_duplicate, "POSSIBLE_DUPLICATE", vendor, ""},

    {Reason::paused, "PAUSED", platform, "Remove the Pause record from export-control."},
    {Reason::canceled_by_operator, "CANCELED_BY_OPERATOR", platform,
     "Publish the run again if it should be sent after all."},
    {Reason::connection_removed, "CONNECTION_REMOVED", platform, "Add the connection again, then export again."},
    {Reason::outbox_gap, "OUTBOX_GAP", platform, "Publish the run again."},
    {Reason::input_lost, "INPUT_LOST", platform, "Let upstream publish the export again; raise the input's retention."},
    {Reason::rules_changed, "RULES_CHANGED", platform, "Publish the run again."},
    {Reason::kafka_unavailable, "KAFKA_UNAVAILABLE", platform,
     "Look at the brokers and at the worker's log; retries go on."},
    {Reason::not_sent, "NOT_SENT", platform, "See the run's reason."},
}};

constexpr bool in_order() {
  for (std::size_t index = 0; index < words.size(); ++index) {
    if (static_cast<std::size_t>(words[index].reason) != index) return false;
  }
  return true;
}
static_assert(in_order(), "a row for each reason, in the enum's order");

constexpr const Words& words_of(Reason reason) { return words[static_cast<std::size_t>(reason)]; }

}  // namespace

std::string_view name(Reason reason) { return words_of(reason).name; }

std::string_view name(RunStatus status) {
  switch (status) {
    case RunStatus::not_started:
      return "NOT_STARTED";
    case RunStatus::queued:
      return "QUEUED";
    case RunStatus::processing:
      return "PROCESSING";
    case RunStatus::retrying:
      return "RETRYING";
    case RunStatus::successful:
      return "SUCCESSFUL";
    case RunStatus::completed_with_warnings:
      return "COMPLETED_WITH_WARNINGS";
    case RunStatus::skipped:
      return "SKIPPED";
    case RunStatus::canceled:
      return "CANCELED";
    case RunStatus::failed:
      return "FAILED";
  }
  return "";
}

std::string_view name(ReasonClass reason_class) {
  switch (reason_class) {
    case ReasonClass::none:
      return "";
    case ReasonClass::data:
      return "DATA";
    case ReasonClass::size:
      return "SIZE";
    case ReasonClass::limit:
      return "LIMIT";
    case ReasonClass::auth:
      return "AUTH";
    case ReasonClass::vendor:
      return "VENDOR";
    case ReasonClass::platform:
      return "PLATFORM";
  }
  return "";
}

ReasonClass class_of(Reason reason) { return words_of(reason).reason_class; }

std::string_view remedy(Reason reason) { return words_of(reason).remedy; }

bool is_final(RunStatus status) {
  switch (status) {
    case RunStatus::not_started:
    case RunStatus::queued:
    case RunStatus::processing:
    case RunStatus::retrying:
      return false;
    case RunStatus::successful:
    case RunStatus::completed_with_warnings:
    case RunStatus::skipped:
    case RunStatus::canceled:
    case RunStatus::failed:
      return true;
  }
  return true;
}

}  // namespace run
