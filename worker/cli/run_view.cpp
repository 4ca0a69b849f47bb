#include "cli/run_view.hpp"

#include <algorithm>
#include <variant>

#include "cli/time_text.hpp"

namespace cli {
namespace {

bool is_repeat(const run::ResultEvent& event) {
  const auto reason = [&] {
    if (const auto* changed = std::get_if<run::RunChanged>(&event.what)) return changed->reason.reason;
    if (const auto* completed = std::get_if<run::RunCompleted>(&event.what)) return completed->reason.reason;
    return run::Reason::none;
  };
  return reason() == run::Reason::repeated_run;
}

std::string_view work_of(run::RunStatus status) {
  switch (status) {
    case run::RunStatus::processing:
      return "importing";
    case run::RunStatus::retrying:
      return "trying again";
    case run::RunStatus::not_started:
    case run::RunStatus::queued:
      return "waiting";
    case run::RunStatus::successful:
    case run::RunStatus::completed_with_warnings:
    case run::RunStatus::skipped:
    case run::RunStatus::canceled:
    case run::RunStatus::failed:
      return "done";
  }
  return "";
}

/// "ACCOUNT_BUSY: another run sends to this account; looked at again 2026-11-25 02:15:00 UTC"
std::string note_of(const run::RunChanged& changed) {
  if (changed.reason.reason == run::Reason::none) return "";
  std::string text{run::name(changed.reason.reason)};
  if (!changed.reason.detail.empty()) {
    text += ": " + changed.reason.detail;
  } else if (!changed.released_by.empty()) {
    text += ": " + changed.released_by;
  }
  if (changed.next_look_at && *changed.next_look_at < changed.deadline) {
    text += "; next look " + date_and_time(*changed.next_look_at);
  }
  return text;
}

}  // namespace

bool RunView::take(const run::ResultEvent& event) {
  if (event.instance.run_id != run_ || std::holds_alternative<run::RequestAnswer>(event.what)) return false;
  const auto [known, is_new] = instances_.try_emplace({event.instance.job_offset, event.instance.partition}, event);
  if (!is_new) {
    if (event.sequence <= known->second.sequence) return false;
    known->second = event;
  }
  // Where only repeats are known, the latest of them is all that can be shown.
  const auto first_run = std::find_if(instances_.rbegin(), instances_.rend(),
                                      [](const auto& instance) { return !is_repeat(instance.second); });
  const auto shown = first_run == instances_.rend() ? instances_.rbegin() : first_run;
  std::vector<run::RunInstance> repeats;
  for (auto repeat = shown.base(); repeat != instances_.end(); ++repeat) repeats.push_back(repeat->second.instance);
  if (latest_ == shown->second && repeats_ == repeats) return false;
  latest_ = shown->second;
  repeats_ = std::move(repeats);
  return true;
}

const run::RunCompleted* RunView::completed() const {
  return latest_ ? std::get_if<run::RunCompleted>(&latest_->what) : nullptr;
}

std::string repeats_text(const std::vector<run::RunInstance>& repeats) {
  if (repeats.empty()) return "";
  const auto& last = repeats.back();
  const std::string times = repeats.size() == 1 ? "once" : std::to_string(repeats.size()) + " times";
  return "\nThis run id was used again " + times + ", last by the job at " + std::to_string(last.partition) + ":" +
         std::to_string(last.job_offset) + "; that was skipped (" + std::string{run::name(run::Reason::repeated_run)} +
         "). " + std::string{run::remedy(run::Reason::repeated_run)} + '\n';
}

Progress progress_of(const std::optional<run::ResultEvent>& latest, std::chrono::milliseconds elapsed) {
  Progress progress{.what = "waiting", .unit = "rows", .note = "for a worker to take it up", .elapsed = elapsed};
  if (!latest) return progress;
  progress.note.clear();
  if (const auto* changed = std::get_if<run::RunChanged>(&latest->what)) {
    progress.what = work_of(changed->status);
    progress.done = changed->rows_ended;
    if (changed->rows_accepted > 0) progress.total = changed->rows_accepted;
    progress.note = note_of(*changed);
  } else if (const auto* completed = std::get_if<run::RunCompleted>(&latest->what)) {
    progress.what = work_of(completed->status);
    progress.done = completed->receipt.delivered.imported;
    progress.total = completed->receipt.decided.accepted;
  }
  return progress;
}

}  // namespace cli
