#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace run {

/// What a run is doing or how it ended; the product's words.
enum class RunStatus : std::uint8_t {
  not_started,
  queued,
  processing,
  retrying,
  successful,
  completed_with_warnings,
  skipped,
  canceled,
  failed,
};

enum class ReasonClass : std::uint8_t { none, data, size, limit, auth, vendor, platform };

/// Why a run waits, was skipped, cancelled, failed or warns, or why a member was not imported. Closed.
enum class Reason : std::uint8_t {
  none,
  // Class data.
  waiting_for_members,
  email_not_mapped,
  unknown_field,
  incomplete_run,
  count_short,
  count_excess,
  empty,
  rows_rejected,
  missing_email,
  invalid_email,
  invalid_utf8,
  field_too_long,
  unknown_segment,
  duplicate,
  refused_by_vendor,
  unsubscribed,
  // Class size.
  held_over_cap,
  over_cap,
  run_too_large,
  near_cap,
  truncated_at_cap,
  // Class limit.
  rate,
  daily_quota,
  vendor_queue_full,
  fair_share,
  account_busy,
  superseded,
  repeated_run,
  deadline,
  late,
  too_often,
  // Class auth.
  needs_authorisation,
  secret_unavailable,
  no_connection,
  no_consent,
  missing_privilege,
  connection_changed,
  unknown_application,
  authorisation_expires,
  // Class vendor.
  vendor_unavailable,
  application_deactivated,
  list_missing,
  import_refused,
  shortfall,
  counters_missing,
  possible_duplicate,
  // Class platform.
  paused,
  canceled_by_operator,
  connection_removed,
  outbox_gap,
  input_lost,
  rules_changed,
  kafka_unavailable,
  not_sent,
};
inline constexpr std::size_t reason_count = static_cast<std::size_t>(Reason::not_sent) + 1;

/// As published: DAILY_QUOTA.
std::string_view name(Reason reason);
std::string_view name(RunStatus status);
std::string_view name(ReasonClass reason_class);

ReasonClass class_of(Reason reason);

/// What a person can do about it; empty where there is nothing to do.
std::string_view remedy(Reason reason);

bool is_final(RunStatus status);

}  // namespace run
