#include "config/sections.hpp"

namespace config {
namespace {

using namespace std::chrono_literals;
using std::chrono::hours;
using std::chrono::milliseconds;
using std::chrono::minutes;
using std::chrono::seconds;

// Whole days for a person who reads the rules of the retention.
constexpr hours margin_of_outbox{48};
constexpr hours margin_of_input{72};

void read_ownership(Reader& read, delivery::Settings& to) {
  to.lease = read.duration("delivery.lease", {.fallback = to.lease,
                                              .min = 1s,
                                              .max = 1min,
                                              .help = "A request may start so long after a committed transaction "
                                                      "began. The same for all workers."});
  to.heartbeat = read.duration("delivery.heartbeat", {.fallback = to.heartbeat,
                                                      .min = 100ms,
                                                      .max = 30s,
                                                      .help = "Between transactions of "
                                                              "an idle owner."});
  to.handover_margin = read.duration(
      "delivery.handover-margin",
      {.fallback = to.handover_margin,
       .max = 5min,
       .help = "Waited beside the request time-out of a predecessor that did not release its partition."});
  to.predecessor_silence = read.duration("delivery.predecessor-silence",
                                         {.fallback = to.predecessor_silence,
                                          .min = 1s,
                                          .help = "After which an owner that fenced this one is taken for dead."});
  to.step_pause =
      read.duration("delivery.step-pause",
                    {.fallback = to.step_pause, .min = 10ms, .help = "Between tries of a step of taking over."});
  to.alarm_pause = read.duration("delivery.alarm-pause", {.fallback = to.alarm_pause,
                                                          .min = 10ms,
                                                          .help = "Between looks at what a person "
                                                                  "has to mend."});
  to.largest_clock_difference =
      read.duration("delivery.largest-clock-difference", {.fallback = to.largest_clock_difference,
                                                          .min = 1s,
                                                          .help = "From the brokers' clock; above it "
                                                                  "requests stop."});
  to.transaction_records = read.count<std::size_t>(
      "delivery.transaction-records",
      {.fallback = to.transaction_records, .min = 10, .max = 100'000, .unit = "records", .help = "In a transaction."});
  to.transaction_bytes =
      read.bytes("delivery.transaction-bytes",
                 {.fallback = to.transaction_bytes, .min = 100'000, .max = 100'000'000, .help = "In a transaction."});
  to.reject_chunk_records =
      read.count<std::size_t>("delivery.reject-chunk-records", {.fallback = to.reject_chunk_records,
                                                                .min = 1,
                                                                .max = 50'000,
                                                                .unit = "records",
                                                                .help = "Rejected members "
                                                                        "published at once."});
}

void read_pace(Reader& read, delivery::Settings& to) {
  to.rate_per_second =
      read.number("delivery.rate", {.fallback = to.rate_per_second,
                                    .min = 0.01,
                                    .max = 100,
                                    .unit = "requests/s",
                                    .help = "For each application; the vendor allows 4, partners 10."});
  to.intent_lead =
      read.duration("delivery.intent-lead", {.fallback = to.intent_lead,
                                             .max = 1s,
                                             .help = "How long before its turn an import is journalled: longer where a "
                                                     "transaction takes longer, or turns are missed."});
  to.quota.calls_per_day = read.count<std::uint32_t>(
      "delivery.calls-per-day",
      {.fallback = to.quota.calls_per_day, .min = 10, .unit = "calls", .help = "For each application in a UTC day."});
  to.quota.block = read.count<std::uint32_t>(
      "delivery.call-block",
      {.fallback = to.quota.block, .min = 1, .unit = "calls", .help = "Journalled at once; a crash wastes the rest."});
  to.quota.resolve_share =
      read.number("delivery.resolve-share", {.fallback = to.quota.resolve_share,
                                             .min = 0,
                                             .max = 0.9,
                                             .help = "Of the day, kept for polling and looking up."});
  to.quota.on_demand_share = read.number("delivery.on-demand-share", {.fallback = to.quota.on_demand_share,
                                                                      .min = 0,
                                                                      .max = 0.9,
                                                                      .help = "Of the day, kept for runs that a person "
                                                                              "asked for."});
  to.quota.guard = read.duration<seconds>("delivery.day-guard", {.fallback = to.quota.guard,
                                                                 .max = 1h,
                                                                 .help = "Before midnight UTC, in which a block of "
                                                                         "calls is dead."});
  to.token_call_spacing = read.duration(
      "delivery.token-call-spacing", {.fallback = to.token_call_spacing, .help = "Between calls of the token host."});
}

void read_tokens(Reader& read, delivery::Settings& to) {
  to.refresh_before_expiry_most =
      read.duration<minutes>("delivery.refresh-before-expiry-most", {.fallback = to.refresh_before_expiry_most,
                                                                     .help = "A token is refreshed "
                                                                             "between so long"});
  to.refresh_before_expiry_least =
      read.duration<minutes>("delivery.refresh-before-expiry-least",
                             {.fallback = to.refresh_before_expiry_least, .help = "and so long before it expires."});
  to.last_refresh_before_expiry = read.duration<minutes>(
      "delivery.last-refresh-before-expiry",
      {.fallback = to.last_refresh_before_expiry, .help = "The one more try after a refresh that gave no answer."});
  to.token_expiry_margin = read.duration<seconds>(
      "delivery.token-expiry-margin",
      {.fallback = to.token_expiry_margin, .help = "A token that expires sooner is not used any more."});
}

void read_waits(Reader& read, delivery::Settings& to) {
  to.preflight_cache = read.duration<seconds>(
      "delivery.preflight-cache",
      {.fallback = to.preflight_cache, .help = "How long the vendor's lists and fields are believed."});
  to.missing_belief = read.duration<seconds>(
      "delivery.missing-belief",
      {.fallback = to.missing_belief, .help = "How long a connection must be missing before it counts as missing."});
  to.park_first = read.duration<seconds>(
      "delivery.park-first",
      {.fallback = to.park_first, .min = 1s, .help = "Until a parked run is looked at again; doubles"});
  to.park_longest =
      read.duration<seconds>("delivery.park-longest", {.fallback = to.park_longest, .min = 1s, .help = "up to this."});
  to.retry_first = read.duration("delivery.retry-first",
                                 {.fallback = to.retry_first, .min = 1ms, .help = "Until a call is repeated; doubles"});
  to.retry_longest =
      read.duration("delivery.retry-longest", {.fallback = to.retry_longest, .min = 1ms, .help = "up to this."});
  to.retry_budget = read.duration("delivery.retry-budget",
                                  {.fallback = to.retry_budget, .help = "Of one call with all of its repeats."});
}

void read_batches(Reader& read, delivery::Settings& to) {
  // What is above the upper bounds the vendor drops in silence.
  to.packing.max_rows = read.count<std::size_t>(
      "delivery.batch-rows",
      {.fallback = to.packing.max_rows, .min = 1, .max = 39'999, .unit = "rows", .help = "In one import."});
  to.packing.max_bytes = read.bytes("delivery.batch-bytes", {.fallback = to.packing.max_bytes,
                                                             .min = 10'000,
                                                             .max = 3'900'000,
                                                             .help = "In one "
                                                                     "import."});
  to.parallel_batches = read.count<std::size_t>(
      "delivery.parallel-batches",
      {.fallback = to.parallel_batches, .min = 1, .max = 20, .unit = "batches", .help = "Of one run."});
  to.account_activities =
      read.count<std::size_t>("delivery.account-activities", {.fallback = to.account_activities,
                                                              .min = 1,
                                                              .max = 1'000,
                                                              .unit = "imports",
                                                              .help = "Unfinished in one account of the vendor."});
  to.bodies_in_memory = read.count<std::size_t>(
      "delivery.bodies-in-memory",
      {.fallback = to.bodies_in_memory, .min = 1, .max = 1'000, .unit = "batches", .help = "Packed at once."});
  to.settle = read.duration("delivery.settle", {.fallback = to.settle,
                                                .help = "After an import without an answer, until the vendor is asked "
                                                        "whether it has it."});
  to.second_look = read.duration("delivery.second-look",
                                 {.fallback = to.second_look, .help = "Until it is asked again before sending anew."});
  to.poll_first = read.duration("delivery.poll-first",
                                {.fallback = to.poll_first, .min = 10ms, .help = "Between looks at an import; grows"});
  to.poll_longest =
      read.duration("delivery.poll-longest", {.fallback = to.poll_longest, .min = 10ms, .help = "up to this."});
  to.activity_alarm = read.duration<minutes>(
      "delivery.activity-alarm",
      {.fallback = to.activity_alarm, .min = 1min, .help = "An import that takes longer raises an alarm."});
  to.activity_deadline = read.duration<minutes>(
      "delivery.activity-deadline",
      {.fallback = to.activity_deadline, .min = 1min, .help = "An import that takes longer counts as unknown."});
}

void read_runs(Reader& read, delivery::Settings& to) {
  to.run_deadline = read.duration<hours>(
      "delivery.run-deadline", {.fallback = to.run_deadline, .min = 1h, .help = "For a run with all of its waits."});
  to.input_retention = read.duration<hours>(
      "delivery.input-retention", {.fallback = to.input_retention, .min = 1h, .help = "Of the topic of exports."});
  to.outbox_retention = read.duration<hours>("delivery.outbox-retention", {.fallback = to.outbox_retention,
                                                                           .min = 1h,
                                                                           .help = "Of the topic of decided "
                                                                                   "contacts."});
  to.journal_index_after = read.duration<minutes>("delivery.journal-index-after",
                                                  {.fallback = to.journal_index_after,
                                                   .min = 1min,
                                                   .help = "A sealed run that waits so long no longer holds back the "
                                                           "commit."});
  to.housekeeping = read.duration<minutes>(
      "delivery.housekeeping", {.fallback = to.housekeeping, .min = 1min, .help = "Between clearings of the journal."});
}

void check(Reader& read, const delivery::Settings& settings) {
  const auto ordered = [&read](auto first, auto second, const char* name, const char* other) {
    if (first > second) read.refuse(name, std::string{"must not be above "} + other);
  };
  ordered(settings.heartbeat * 2, settings.lease, "delivery.heartbeat", "half of delivery.lease");
  // One that was fenced may start a request for as long as its lease.
  ordered(settings.lease, settings.handover_margin, "delivery.lease", "delivery.handover-margin");
  ordered(settings.refresh_before_expiry_least, settings.refresh_before_expiry_most,
          "delivery.refresh-before-expiry-least", "delivery.refresh-before-expiry-most");
  ordered(settings.park_first, settings.park_longest, "delivery.park-first", "delivery.park-longest");
  ordered(settings.retry_first, settings.retry_longest, "delivery.retry-first", "delivery.retry-longest");
  ordered(settings.poll_first, settings.poll_longest, "delivery.poll-first", "delivery.poll-longest");
  ordered(settings.quota.block, settings.quota.calls_per_day, "delivery.call-block", "delivery.calls-per-day");
  if (settings.quota.resolve_share + settings.quota.on_demand_share >= 1) {
    read.refuse("delivery.resolve-share", "with delivery.on-demand-share leaves no call for scheduled runs");
  }
  ordered(settings.run_deadline + settings.activity_deadline + margin_of_outbox, minutes{settings.outbox_retention},
          "delivery.run-deadline", "delivery.outbox-retention less delivery.activity-deadline and 2 days");
  ordered(settings.run_deadline + margin_of_input, settings.input_retention, "delivery.run-deadline",
          "delivery.input-retention less 3 days");
}

}  // namespace

delivery::Settings read_delivery(Reader& read) {
  delivery::Settings settings;
  settings.request_timeout = read.duration(
      "delivery.request-timeout",
      {.fallback = settings.request_timeout, .min = 100ms, .max = 5min, .help = "Of one request to the vendor."});
  read_ownership(read, settings);
  read_pace(read, settings);
  read_tokens(read, settings);
  read_waits(read, settings);
  read_batches(read, settings);
  read_runs(read, settings);
  check(read, settings);
  return settings;
}

}  // namespace config
