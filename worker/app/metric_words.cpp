#include "app/metric_words.hpp"

#include <string_view>

#include "delivery/observer.hpp"
#include "intake/observer.hpp"
#include "run/decided.hpp"
#include "run/reason.hpp"

namespace app {
namespace {

/// The names of all enumerators from 0 to `last`.
template <class Enum, class Name>
std::vector<std::string> words(Enum last, Name name) {
  std::vector<std::string> all;
  for (std::size_t value = 0; value <= static_cast<std::size_t>(last); ++value) {
    all.emplace_back(name(static_cast<Enum>(value)));
  }
  return all;
}

std::string_view step_name(delivery::NextStep step) {
  using delivery::NextStep;
  switch (step) {
    case NextStep::retry:
      return "retry";
    case NextStep::wait_until:
      return "wait_until";
    case NextStep::look_up:
      return "look_up";
    case NextStep::refresh_token:
      return "refresh_token";
    case NextStep::split:
      return "split";
    case NextStep::reject:
      return "reject";
    case NextStep::park:
      return "park";
    case NextStep::stop:
      return "stop";
  }
  return "unknown";
}

std::string_view phase_name(delivery::ClaimPhase phase) {
  using delivery::ClaimPhase;
  switch (phase) {
    case ClaimPhase::taking_over:
      return "taking_over";
    case ClaimPhase::waiting_for_predecessor:
      return "waiting_for_predecessor";
    case ClaimPhase::indexing:
      return "indexing";
    case ClaimPhase::working:
      return "working";
    case ClaimPhase::draining:
      return "draining";
    case ClaimPhase::alarmed:
      return "alarmed";
    case ClaimPhase::ended:
      return "ended";
  }
  return "unknown";
}

std::string_view phase_name(run::BatchPhase phase) {
  using run::BatchPhase;
  switch (phase) {
    case BatchPhase::intent:
      return "intent";
    case BatchPhase::submitted:
      return "submitted";
    case BatchPhase::ended:
      return "ended";
    case BatchPhase::absent:
      return "absent";
    case BatchPhase::replaced:
      return "replaced";
    case BatchPhase::refused:
      return "refused";
  }
  return "unknown";
}

std::string_view seal_name(run::SealCause cause) {
  using run::SealCause;
  switch (cause) {
    case SealCause::all_segments_ended:
      return "all_segments_ended";
    case SealCause::silent:
      return "silent";
    case SealCause::too_old:
      return "too_old";
    case SealCause::too_large:
      return "too_large";
    case SealCause::input_lost:
      return "input_lost";
  }
  return "unknown";
}

}  // namespace

ApplicationLabels::ApplicationLabels(const std::vector<config::Application>& applications) {
  for (const config::Application& application : applications) {
    indexes_.emplace(application.id, names_.size());
    names_.push_back(application.name);
  }
  names_.emplace_back("other");
}

std::size_t ApplicationLabels::index(const run::ApplicationId& id) const {
  const auto found = indexes_.find(id);
  return found == indexes_.end() ? names_.size() - 1 : found->second;
}

std::size_t outcome_index(const delivery::Error* error) {
  return error == nullptr ? 0 : 1 + static_cast<std::size_t>(error->next_step);
}

telemetry::IntakeWords intake_words() {
  return {.record_outcomes =
              words(intake::RecordOutcome::replayed, [](intake::RecordOutcome outcome) { return name(outcome); }),
          .verdicts = words(intake::Verdict::undecodable, [](intake::Verdict verdict) { return name(verdict); }),
          .alarms = words(intake::Alarm::commit_stays, [](intake::Alarm alarm) { return name(alarm); }),
          .seals = words(run::SealCause::input_lost, seal_name)};
}

telemetry::DeliveryWords delivery_words(const ApplicationLabels& applications) {
  std::vector<std::string> outcomes = words(delivery::NextStep::stop, step_name);
  outcomes.insert(outcomes.begin(), "answered");
  return {
      .applications = applications.names(),
      .calls = words(delivery::VendorCall::token, [](delivery::VendorCall call) { return name(call); }),
      .outcomes = std::move(outcomes),
      .reasons = words(run::Reason::not_sent, [](run::Reason reason) { return name(reason); }),
      .alarms = words(delivery::Alarm::counts_do_not_add_up, [](delivery::Alarm alarm) { return name(alarm); }),
      .claim_phases = words(delivery::ClaimPhase::ended, [](delivery::ClaimPhase phase) { return phase_name(phase); }),
      .run_statuses = words(run::RunStatus::failed, [](run::RunStatus status) { return name(status); }),
      .batch_phases = words(run::BatchPhase::refused, [](run::BatchPhase phase) { return phase_name(phase); }),
      .member_outcomes = {"imported", "unsubscribed", "refused", "failed", "unknown", "not_sent"}};
}

}  // namespace app
