#include "cli/validation.hpp"

#include <chrono>
#include <map>
#include <set>
#include <string_view>
#include <utility>
#include <variant>

#include "async/system_random.hpp"
#include "cli/member_columns.hpp"
#include "delivery/accounting.hpp"
#include "intake/partition.hpp"
#include "intake/rule_set.hpp"
#include "wire/decided.hpp"
#include "wire/input.hpp"
#include "wire/result.hpp"

namespace cli {
namespace {

std::string_view name(run::DeadCause cause) {
  switch (cause) {
    case run::DeadCause::unreadable:
      return "UNREADABLE";
    case run::DeadCause::out_of_bounds:
      return "OUT_OF_BOUNDS";
    case run::DeadCause::no_open_run:
      return "NO_OPEN_RUN";
    case run::DeadCause::conflicting_job:
      return "CONFLICTING_JOB";
    case run::DeadCause::lost_span:
      return "LOST_SPAN";
  }
  return "";
}

/// How delivery would end the run, up to what only the vendor can say.
ForeseenRun foresee(run::RunOpened opened, run::RunSealed sealed, bool repeats) {
  ForeseenRun run{.opened = std::move(opened), .sealed = std::move(sealed), .completed = {}};
  const auto verdict = delivery::judge(run.opened, run.sealed);
  run::RunState state;
  if (repeats) {
    state.status = run::RunStatus::skipped;
    state.reason = {run::Reason::repeated_run, "the recording holds an earlier run of this id"};
  } else if (verdict.next == delivery::SealVerdict::Next::finish) {
    state.status = verdict.status;
    state.reason = {verdict.reason, verdict.detail};
  }
  run.held = !repeats && verdict.next == delivery::SealVerdict::Next::hold;
  run.completed = delivery::complete(
      {.opened = run.opened, .sealed = &run.sealed, .state = state, .batches = {}, .ended_at = run.sealed.sealed_at});
  return run;
}

class Validator {
 public:
  explicit Validator(const intake::Settings& settings)
      : settings_{settings},
        rules_{intake::rule_set(settings.rules)},
        key_{contact::dedupe_key_of({random_.bits(), random_.bits()})},
        partition_{settings_, rules_, key_, observer_, 0, {}} {}

  void take(const std::string& value) {
    if (value.size() > most_record_bytes) {
      fault(offset_, "TOO_LARGE",
            std::to_string(value.size()) + " bytes; at most " + std::to_string(most_record_bytes) +
                " are sure to pass every broker");
    }
    decide(value, start_);
  }

  Validation finish() {
    // Nothing else comes: so much later every run that is open has waited long enough.
    decide(wire::encode_tick(), start_ + settings_.rules.run_limit + settings_.rules.silence_limit);
    found_.repeated_jobs =
        partition_.take_tally().records[static_cast<std::size_t>(intake::RecordOutcome::job_repeated)];
    return std::move(found_);
  }

 private:
  void decide(const std::string& value, run::UtcTime appended_at) {
    const intake::InputRecord record{
        .offset = offset_, .appended_at = appended_at, .key = {}, .payload = value, .trace_parent = {}};
    partition_.take(record, {});
    ++offset_;
    for (const auto& emission : partition_.take_emissions()) {
      if (std::holds_alternative<intake::ToOutbox>(emission.to)) decided(emission.value);
      if (std::holds_alternative<intake::ToRejects>(emission.to)) refused(emission.value);
    }
  }

  void decided(const std::string& value) {
    auto message = wire::decode_decided(value).value();
    if (auto* opened = std::get_if<run::RunOpened>(&message)) {
      open_[opened->instance] = std::move(*opened);
    } else if (auto* sealed = std::get_if<run::RunSealed>(&message)) {
      auto opening = open_.extract(sealed->instance);
      const bool repeats = !seen_.insert(sealed->instance.run_id).second;
      found_.runs.push_back(foresee(std::move(opening.mapped()), std::move(*sealed), repeats));
    }
  }

  void refused(const std::string& value) {
    const auto message = wire::decode_reject(value).value();
    const auto& letter = std::get<run::DeadLetter>(message);
    fault(letter.offset, name(letter.cause), letter.detail);
  }

  void fault(std::int64_t offset, std::string_view cause, std::string detail) {
    found_.faults.push_back({static_cast<std::uint64_t>(offset) + 1, std::string{cause}, std::move(detail)});
  }

  const intake::Settings& settings_;
  async::SystemRandom random_;
  std::string rules_;
  contact::DedupeKey key_;
  intake::Observer observer_;
  intake::Partition partition_;
  run::UtcTime start_ = std::chrono::floor<std::chrono::milliseconds>(std::chrono::system_clock::now());
  std::int64_t offset_ = 0;
  std::map<run::RunInstance, run::RunOpened> open_;
  std::set<run::RunId> seen_;
  Validation found_;
};

}  // namespace

FromInput<Validation> validate(RecordedFile& file, const intake::Settings& settings) {
  Validator validator{settings};
  for (;;) {
    const auto value = file.next();
    if (!value) return value.error();
    if (!*value) break;
    validator.take(**value);
  }
  auto validation = validator.finish();
  validation.records = file.records();
  return validation;
}

}  // namespace cli
