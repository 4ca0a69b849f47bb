#include "intake/open_run.hpp"

#include <algorithm>

namespace intake {
namespace {

run::ApplicationId application(const run::ExportJob& job, const Settings& settings) {
  return job.application.empty() ? settings.default_application : job.application;
}

}  // namespace

Overdue overdue(const OpenRun& run, run::UtcTime now, const Rules& rules) {
  const auto silent_at = run.last_record_at + rules.silence_limit;
  const auto too_old_at = run.job_at + rules.run_limit;
  if (now < std::min(silent_at, too_old_at)) return Overdue::no;
  return silent_at <= too_old_at ? Overdue::silent : Overdue::too_old;
}

run::UtcTime deadline(const OpenRun& run, const Rules& rules) {
  return std::min(run.last_record_at + rules.silence_limit, run.job_at + rules.run_limit);
}

std::string outbox_key(const run::ExportJob& job, const Settings& settings) {
  const auto routed = application(job, settings);
  const bool configured = std::ranges::find(settings.applications, routed) != settings.applications.end();
  return configured && !routed.empty() ? routed.value : "unrouted";
}

run::RunOpened opening(const OpenRun& run, const Settings& settings, const std::string& rule_set) {
  run::RunOpened opened{.instance = run.instance,
                        .job = run.job,
                        .job_at = run.job_at,
                        .rule_set = rule_set,
                        .trace_parent = run.trace_parent};
  opened.job.application = application(run.job, settings);
  opened.job.cap = run.decider.cap();
  return opened;
}

run::RunSealed seal(const OpenRun& run, run::SealCause cause, run::Position at, run::UtcTime sealed_at,
                    const std::string& rule_set) {
  return {.instance = run.instance,
          .prev = run.chain.last(),
          .at = at,
          .cause = cause,
          .totals = run.decider.totals(),
          .segments = run.decider.segments(),
          .unknown_segments = run.decider.unknown_segments(),
          .reasons = run.decider.reasons(),
          .rule_set = rule_set,
          .sealed_at = sealed_at};
}

}  // namespace intake
