#include "delivery/accounting.hpp"

#include <algorithm>
#include <string>
#include <utility>

namespace delivery {
namespace {

using run::Reason;
using run::RunStatus;

BatchAccount all_unknown(std::uint64_t rows, std::string detail) {
  BatchAccount account;
  account.counts.unknown = rows;
  account.warning = Reason::counters_missing;
  account.detail = std::move(detail);
  return account;
}

void warn(std::vector<run::ReasonNote>& warnings, Reason reason, std::string detail) {
  warnings.push_back({reason, std::move(detail)});
}

void warn_of_counts(const run::RunSealed& sealed, std::vector<run::ReasonNote>& warnings) {
  for (const auto& segment : sealed.segments) {
    for (const auto& declared : {segment.expected_members, segment.members_sent}) {
      if (!declared || *declared == segment.decided.received) continue;
      warn(warnings, *declared > segment.decided.received ? Reason::count_short : Reason::count_excess,
           "segment " + segment.id.value + ": " + std::to_string(*declared) + " declared, " +
               std::to_string(segment.decided.received) + " received");
      break;
    }
  }
}

void warn_of_cap(const run::ExportJob& job, const run::DecisionCounts& totals, std::vector<run::ReasonNote>& warnings) {
  if (totals.over_cap > 0) {
    warn(warnings, Reason::truncated_at_cap,
         std::to_string(totals.over_cap) + " members beyond the cap of " + std::to_string(job.cap) + " were not sent");
  } else if (static_cast<double>(totals.accepted) >= near_cap_share * static_cast<double>(job.cap)) {
    warn(warnings, Reason::near_cap,
         std::to_string(totals.accepted) + " of at most " + std::to_string(job.cap) + " members");
  }
}

run::BatchReceipt receipt_of(const run::BatchState& batch) {
  return {.batch_id = batch.batch_id,
          .attempt = batch.attempt,
          .activity_id = batch.activity_id,
          .rows = batch.rows,
          .bytes = batch.bytes,
          .counts = batch.counts,
          .possible_duplicate = batch.possible_duplicate};
}

void warn_of_batches(const Ending& ending, std::vector<run::ReasonNote>& warnings) {
  for (const auto& batch : ending.batches) {
    if (batch.phase == run::BatchPhase::replaced) continue;
    if (batch.reason != Reason::none)
      warn(warnings, batch.reason, "batch " + batch.batch_id.value + ": " + batch.detail);
    if (batch.possible_duplicate) {
      warn(warnings, Reason::possible_duplicate,
           "batch " + batch.batch_id.value + " was sent again; the vendor may hold its first attempt as well");
    }
  }
}

void warn_of_rejects(const run::Receipt& receipt, std::vector<run::ReasonNote>& warnings) {
  std::string counts;
  for (const auto& [count, what] :
       {std::pair{receipt.decided.invalid, " invalid"}, std::pair{receipt.decided.undecodable, " unreadable"},
        std::pair{receipt.delivered.refused, " refused by the vendor"}}) {
    if (count > 0) counts.append(counts.empty() ? "" : ", ").append(std::to_string(count)).append(what);
  }
  if (!counts.empty()) warn(warnings, Reason::rows_rejected, counts);
}

}  // namespace

BatchAccount account(const Activity& activity, std::uint64_t rows) {
  if (!activity.person_count) return all_unknown(rows, "the vendor gave no person_count");
  const std::uint64_t persons = *activity.person_count;
  if (activity.state != ActivityState::completed && persons == 0) {
    BatchAccount account;
    account.counts.failed = rows;
    account.warning = Reason::import_refused;
    account.detail = "the import ended without taking a row";
    return account;
  }
  if (!activity.error_count || !activity.correctable_count || !activity.cannot_add_to_list_count) {
    return all_unknown(rows, "the vendor gave some of its counters only");
  }

  BatchAccount account;
  auto& counts = account.counts;
  counts.unsubscribed = std::min(*activity.cannot_add_to_list_count, rows);
  counts.refused = std::min(*activity.error_count + *activity.correctable_count, rows - counts.unsubscribed);
  const std::uint64_t landed = rows - counts.unsubscribed - counts.refused;
  if (activity.state == ActivityState::completed && (persons >= rows || persons == landed)) {
    counts.imported = landed;
    return account;
  }
  // No reading explains this number. Read as rows, the refused are among the persons; read as landed rows, they are
  // not.
  const std::uint64_t not_landed = counts.unsubscribed + counts.refused;
  counts.imported = std::min(persons - std::min(persons, not_landed), landed);
  const std::uint64_t perhaps = std::min(persons, landed) - counts.imported;
  counts.unknown = perhaps;
  counts.failed = landed - counts.imported - perhaps;
  account.warning = Reason::shortfall;
  account.detail = "the vendor counts " + std::to_string(persons) + " persons of " + std::to_string(rows) + " rows";
  return account;
}

SealVerdict judge(const run::RunOpened& opened, const run::RunSealed& sealed) {
  using Next = SealVerdict::Next;
  const auto& job = opened.job;
  const auto failed = [](Reason reason, std::string detail) {
    return SealVerdict{Next::finish, RunStatus::failed, reason, std::move(detail)};
  };
  if (sealed.cause == run::SealCause::input_lost) return failed(Reason::input_lost, "part of the input was gone");
  if (sealed.cause == run::SealCause::too_large) {
    return failed(Reason::run_too_large, "the run crossed a limit of its partition's memory");
  }
  if (job.mapping.email_attribute.empty()) return failed(Reason::email_not_mapped, "the job maps no e-mail attribute");
  if (sealed.cause != run::SealCause::all_segments_ended && job.incomplete == run::Incomplete::discard) {
    return failed(Reason::incomplete_run, "the members stopped coming before every segment had ended");
  }
  if (sealed.totals.over_cap > 0 && job.over_cap != run::OverCap::truncate) {
    const auto people = sealed.totals.accepted + sealed.totals.over_cap;
    std::string detail = std::to_string(people) + " people, the cap is " + std::to_string(job.cap);
    if (job.over_cap == run::OverCap::hold) {
      return {Next::hold, RunStatus::not_started, Reason::held_over_cap, std::move(detail)};
    }
    return {Next::finish, RunStatus::skipped, Reason::over_cap, std::move(detail)};
  }
  if (sealed.totals.accepted == 0) return {Next::finish, RunStatus::successful, Reason::none, {}};
  return {};
}

run::RunCompleted complete(const Ending& ending) {
  run::RunCompleted completed;
  auto& receipt = completed.receipt;
  const auto& job = ending.opened.job;

  if (ending.sealed != nullptr) {
    receipt.decided = ending.sealed->totals;
    receipt.segments = ending.sealed->segments;
    receipt.reasons = ending.sealed->reasons;
    receipt.sealed_at = ending.sealed->sealed_at;
  } else {
    receipt.unknown_from = ending.mark.value_or(ending.opened.position());
  }
  for (const auto& batch : ending.batches) {
    if (batch.phase == run::BatchPhase::replaced) continue;
    receipt.batches.push_back(receipt_of(batch));
    receipt.delivered += batch.counts;
  }
  const auto accepted = receipt.decided.accepted;
  receipt.delivered.not_sent += accepted - std::min(accepted, receipt.delivered.sum());
  receipt.requests = ending.state.requests;
  receipt.cap = job.cap;
  receipt.job_at = ending.opened.job_at;
  receipt.first_sent_at = ending.state.first_sent_at;
  receipt.ended_at = ending.ended_at;

  completed.warnings = ending.state.warnings;
  if (ending.sealed != nullptr) {
    const auto& sealed = *ending.sealed;
    warn_of_counts(sealed, completed.warnings);
    if (sealed.cause == run::SealCause::silent || sealed.cause == run::SealCause::too_old) {
      warn(completed.warnings, Reason::incomplete_run, "the members stopped coming before every segment had ended");
    }
    // A held run that was released is cut as well.
    const bool is_cut = job.over_cap == run::OverCap::truncate || !receipt.batches.empty();
    if (is_cut || sealed.totals.over_cap == 0) warn_of_cap(job, sealed.totals, completed.warnings);
    if (accepted == 0) warn(completed.warnings, Reason::empty, "nobody to send");
  }
  warn_of_batches(ending, completed.warnings);
  warn_of_rejects(receipt, completed.warnings);

  completed.reason = ending.state.reason;
  completed.refers_to = ending.state.refers_to;
  completed.status = run::is_final(ending.state.status) ? ending.state.status : RunStatus::successful;
  if (completed.status == RunStatus::successful) {
    completed.reason = {};
    if (!completed.warnings.empty()) completed.status = RunStatus::completed_with_warnings;
    // Nobody of those who were sent arrived: that is no success of any kind.
    if (accepted > 0 && receipt.delivered.failed == accepted) {
      completed.status = RunStatus::failed;
      completed.reason = {Reason::import_refused, "the vendor took none of the rows"};
    }
  }
  const auto& first_cause = completed.reason.reason == Reason::none && !completed.warnings.empty()
                                ? completed.warnings.front()
                                : completed.reason;
  completed.remedy = std::string{run::remedy(first_cause.reason)};
  return completed;
}

}  // namespace delivery
