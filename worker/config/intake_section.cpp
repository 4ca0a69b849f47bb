#include "config/sections.hpp"

namespace config {
namespace {

using namespace std::chrono_literals;

intake::Rules read_rules(Reader& read, std::size_t email_bound) {
  const intake::Rules usual;
  using contact::BoundsReading;
  return {
      .email = {.max_length = read.count<std::size_t>(
                    "intake.email-max-length", {.fallback = email_bound,
                                                .min = 6,
                                                .max = 254,
                                                .unit = "characters",
                                                .help = "Longer addresses are invalid; unless set, 80 with import csv "
                                                        "and 50 with json. Changing it ends open runs."})},
      .field_bounds = read.choice<BoundsReading>(
          "intake.field-bounds", {.names = {{"small", BoundsReading::small}, {"large", BoundsReading::large}},
                                  .fallback = usual.field_bounds,
                                  .help = "Which of the vendor's two tables of field lengths counts. Changing it ends "
                                          "open runs."}),
      .default_cap = read.count("intake.default-cap", {.fallback = usual.default_cap,
                                                       .min = 1,
                                                       .unit = "people",
                                                       .help = "Cap of jobs that name none. Changing it ends open "
                                                               "runs."}),
      .most_cap = read.count("intake.most-cap", {.fallback = usual.most_cap,
                                                 .min = 1,
                                                 .unit = "people",
                                                 .help = "No job's cap is above it. Changing it ends open runs."}),
      .silence_limit = read.duration("intake.silence-limit",
                                     {.fallback = usual.silence_limit,
                                      .min = 1s,
                                      .help = "A run without a record for so long is sealed as incomplete. Changing "
                                              "it ends open runs."}),
      .run_limit = read.duration("intake.run-limit", {.fallback = usual.run_limit,
                                                      .min = 1s,
                                                      .help = "So long after its job a run is sealed as incomplete. "
                                                              "Changing it ends open runs."}),
      .partition_addresses = read.count("intake.partition-addresses",
                                        {.fallback = usual.partition_addresses,
                                         .min = 1,
                                         .unit = "addresses",
                                         .help = "Of all open runs of a partition; the run that crosses it fails. "
                                                 "Changing it ends open runs."}),
      .partition_runs = read.count<std::size_t>(
          "intake.partition-runs", {.fallback = usual.partition_runs,
                                    .min = 1,
                                    .unit = "runs",
                                    .help = "Open at once in a partition; the run that crosses it fails. Changing it "
                                            "ends open runs."}),
  };
}

void check(Reader& read, const intake::Settings& settings) {
  if (settings.rules.default_cap > settings.rules.most_cap) {
    read.refuse("intake.default-cap", "must not be above intake.most-cap");
  }
  if (settings.range_age > settings.range_age_longest) {
    read.refuse("intake.range-age", "must not be above intake.range-age-longest");
  }
  if (settings.small_range_bytes > settings.range_bytes) {
    read.refuse("intake.small-range-bytes", "must not be above intake.range-bytes");
  }
}

}  // namespace

intake::Settings read_intake(Reader& read, std::size_t email_bound) {
  const intake::Settings usual;
  intake::Settings settings{
      .rules = read_rules(read, email_bound),
      .default_application = {},
      .applications = {},
      .range_bytes = read.bytes("intake.range-bytes", {.fallback = usual.range_bytes,
                                                       .min = 10'000,
                                                       .max = 900'000,
                                                       .help = "A range of decided people is written when it is so "
                                                               "large."}),
      .small_range_bytes =
          read.bytes("intake.small-range-bytes",
                     {.fallback = usual.small_range_bytes, .help = "While ranges stay below it, they may grow older."}),
      .range_age = read.duration("intake.range-age", {.fallback = usual.range_age,
                                                      .min = 1ms,
                                                      .help = "A range is written when it is so "
                                                              "old."}),
      .range_age_longest =
          read.duration("intake.range-age-longest",
                        {.fallback = usual.range_age_longest, .min = 1ms, .help = "How old small ranges may grow."}),
      .open_range_bytes = read.bytes("intake.open-range-bytes", {.fallback = usual.open_range_bytes,
                                                                 .min = 1'000'000,
                                                                 .help = "Of all open ranges; above it the largest "
                                                                         "are written early."}),
      .slice_records = read.count<std::size_t>("intake.slice-records",
                                               {.fallback = usual.slice_records,
                                                .min = 1,
                                                .unit = "records",
                                                .help = "Read from a partition before it is the next one's turn."}),
      .slice_bytes = read.bytes("intake.slice-bytes",
                                {.fallback = usual.slice_bytes, .min = 1, .help = "As slice-records, by size."}),
      .unacknowledged_bytes = read.bytes("intake.unacknowledged-bytes",
                                         {.fallback = usual.unacknowledged_bytes,
                                          .min = 1'000'000,
                                          .help = "While more than that waits for the brokers, nothing is read."}),
      .commit_interval = read.duration("intake.commit-interval", {.fallback = usual.commit_interval,
                                                                  .min = 10ms,
                                                                  .max = 1min,
                                                                  .help = "Between "
                                                                          "commits."}),
      .revoke_wait = read.duration("intake.revoke-wait", {.fallback = usual.revoke_wait,
                                                          .max = 1min,
                                                          .help = "For the last commits when partitions are taken "
                                                                  "away."}),
      .tick_after = read.duration("intake.tick-after", {.fallback = usual.tick_after,
                                                        .min = 1s,
                                                        .help = "How long a partition is idle before time is pushed "
                                                                "on in it."}),
  };
  check(read, settings);
  return settings;
}

}  // namespace config
