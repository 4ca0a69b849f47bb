#pragma once

#include <cstdint>
#include <memory>
#include <string>

#include "delivery/run_book.hpp"

namespace delivery {

inline constexpr run::UtcTime noon{std::chrono::sys_days{std::chrono::year{2026} / 3 / 1} + std::chrono::hours{12}};

/// A run that is complete in the outbox: `rows` members in one range, and those over its cap.
inline RunHandle sample_run(const std::string& id, std::uint64_t rows = 10, run::ExportJob job = {},
                            std::uint64_t over_cap = 0) {
  const run::RunInstance instance{{id}, 0, 100};
  auto run = std::make_shared<Run>(instance);
  job.run_id = {id};
  job.export_id = {"export-1"};
  job.connection_id = {"connection-1"};
  job.application = {"application-1"};
  job.mapping.email_attribute = "email";
  if (job.cap == 0) job.cap = 1'000'000;
  run::RunOpened opened;
  opened.instance = instance;
  opened.job = job;
  opened.job_at = noon;
  opened.rule_set = "rules-1";
  run->chain.add_opened(opened, 7);
  wire::DecidedLink range;
  range.kind = wire::DecidedLink::Kind::range;
  range.instance = instance;
  range.prev = opened.position();
  range.first = {101, 0};
  range.last = {200, 0};
  range.rows = rows;
  range.rejects = over_cap;
  range.rule_set = "rules-1";
  run->chain.add_range(range, 8, {});
  run::RunSealed sealed;
  sealed.instance = instance;
  sealed.prev = range.last;
  sealed.totals.received = rows + over_cap;
  sealed.totals.accepted = rows;
  sealed.totals.over_cap = over_cap;
  sealed.rule_set = "rules-1";
  run->chain.add_sealed(sealed);
  run->state.instance = instance;
  run->state.export_id = job.export_id;
  run->state.connection_id = job.connection_id;
  run->state.application = job.application;
  run->state.job_at = noon;
  run->state.deadline = noon + std::chrono::hours{72};
  run->first_offset = 7;
  return run;
}

inline Batch sample_batch(const Run& run, run::BatchPhase phase, std::uint64_t rows = 10) {
  Batch batch;
  batch.state.instance = run.instance();
  batch.state.batch_id = {"0123456789abcdef0123456789abcdef"};
  batch.state.first = {101, 0};
  batch.state.last = {200, 0};
  batch.state.rows = rows;
  batch.state.phase = phase;
  batch.state.account_id = {"account-1"};
  batch.state.intent_at = batch.state.submitted_at = noon;
  return batch;
}

}  // namespace delivery
