#pragma once

#include <chrono>

#include "run/event.hpp"

namespace cli {

inline run::UtcTime quarter_past_two() {
  return std::chrono::sys_days{std::chrono::year{2026} / 11 / 25} + std::chrono::hours{2} + std::chrono::minutes{15};
}

/// Ten people, of whom six are imported.
inline run::RunCompleted sample_completed() {
  using namespace std::chrono_literals;
  run::RunCompleted completed;
  completed.status = run::RunStatus::completed_with_warnings;
  completed.warnings = {{run::Reason::rows_rejected, "3 members were invalid"}};
  completed.receipt.decided = {.received = 10, .accepted = 6, .invalid = 3, .duplicate = 1};
  completed.receipt.delivered.imported = 6;
  completed.receipt.segments = {
      {.id = {"loyal"}, .name = "Loyal", .decided = completed.receipt.decided, .expected_members = 10}};
  completed.receipt.reasons = {{run::Reason::invalid_email, "missing_at", 3}, {run::Reason::duplicate, "", 1}};
  completed.receipt.batches = {{.batch_id = {"b1"},
                                .attempt = 2,
                                .activity_id = {"activity-1"},
                                .rows = 6,
                                .bytes = 282,
                                .counts = completed.receipt.delivered,
                                .possible_duplicate = true}};
  completed.receipt.requests = 4;
  completed.receipt.cap = 1000;
  completed.receipt.job_at = quarter_past_two();
  completed.receipt.sealed_at = quarter_past_two() + 1200ms;
  completed.receipt.first_sent_at = quarter_past_two() + 2800ms;
  completed.receipt.ended_at = quarter_past_two() + 65s;
  return completed;
}

inline run::ResultEvent sample_event() {
  run::ResultEvent event;
  event.instance = {{"run-1"}, 2, 40};
  event.sequence = 6;
  event.export_id = {"cli-1"};
  event.export_name = "Spring";
  event.connection_id = {"demo"};
  event.what = sample_completed();
  return event;
}

}  // namespace cli
