#include "simulation/plan.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include "simulation/run_writer.hpp"
#include "support/seeded_random.hpp"
#include "support/virtual_clock.hpp"

namespace simulation {
namespace {

using namespace std::chrono_literals;
using support::SeededRandom;

std::string list_id(std::size_t number) {
  const auto digits = std::to_string(100'000'000'000 + number);
  return "11111111-1111-4111-8111-" + digits;
}

void plan_vendor(Plan& plan, SeededRandom& random) {
  for (std::size_t number = 0; number < 2; ++number) {
    const auto application = "application-" + std::to_string(number);
    plan.applications.push_back(application);
    const auto accounts = 1 + random.below(2);
    for (std::size_t account = 0; account < accounts; ++account) {
      const auto name = std::to_string(number) + "-" + std::to_string(account);
      plan.connections.push_back({"connection-" + name, application, "account-" + name, {}});
    }
  }
}

/// Of an export: what all its runs have in common.
run::ExportJob export_of(std::size_t number, const PlannedConnection& connection) {
  run::ExportJob job;
  job.export_id = {"export-" + std::to_string(number)};
  job.export_name = "Export " + std::to_string(number);
  job.connection_id = {connection.id};
  job.application = {connection.application};
  job.list_ids = {{list_id(number)}};
  return job;
}

run::ExportJob job_of(const Plan& plan, std::size_t number, run::ExportJob job, SeededRandom& random) {
  job.run_id = {"run-" + std::to_string(number)};
  if (random.chance(0.5)) job.older_run = run::OlderRun::queue;
  // Upstream's clock, which nothing may depend on.
  job.created_at = support::VirtualTime::default_start + std::chrono::seconds{random.below(100'000)};
  job.mapping.email_attribute = "mail";
  job.mapping.fields = {{"given", contact::StandardField::first_name}, {"family", contact::StandardField::last_name}};
  for (std::size_t field = 0; field < plan.custom_fields; ++field) {
    job.mapping.fields.push_back({"note" + std::to_string(field), contact::CustomField{field_name(field)}});
  }
  const auto segments = 1 + random.below(3);
  for (std::size_t segment = 0; segment < segments; ++segment) {
    job.segments.push_back({{"segment-" + std::to_string(segment)}, "Segment " + std::to_string(segment), {}});
  }
  return job;
}

void plan_runs(Plan& plan, bool big_rows, SeededRandom& random) {
  const auto runs = 5 + random.below(3);
  std::vector<std::size_t> of_export;  // Each run's connection.
  for (std::size_t number = 0; number < runs; ++number) {
    const bool big = big_rows && number == 0;
    const auto export_number = number > 0 && random.chance(0.4) ? random.below(number) : number;
    if (export_number == number) {
      of_export.push_back(random.below(plan.connections.size()));
    } else {
      of_export.push_back(of_export[export_number]);
    }
    auto& connection = plan.connections[of_export.back()];
    auto job = job_of(plan, number, export_of(export_number, connection), random);
    // At least 2,000 in all.
    const auto members = big ? 1'300 + random.below(300) : number == 0 ? 1'000 : number < 4 ? 340 : random.below(300);
    // Most have no cap that matters.
    if (!big && random.chance(0.4)) {
      job.cap = 1 + random.below(members + 1);
      constexpr std::array policies{run::OverCap::truncate, run::OverCap::skip, run::OverCap::hold};
      job.over_cap = policies[random.below(policies.size())];
    }
    auto run = write_run(std::move(job), {.members = members, .long_values = big}, connection, random);
    run.begins = random.between(0s, 60s);
    run.pause_most = random.between(1ms, 3s);
    plan.runs.push_back(std::move(run));
  }
}

void plan_orders(Plan& plan, SeededRandom& random) {
  using Kind = PlannedOrder::Kind;
  constexpr std::array scopes{run::PauseScope::connection, run::PauseScope::export_, run::PauseScope::application};
  for (std::size_t run = 0; run < plan.runs.size(); ++run) {
    const auto& planned = plan.runs[run];
    PlannedOrder order{.run = run, .at = planned.begins + random.between(1s, 120s)};
    if (planned.job.over_cap == run::OverCap::hold) {
      order.kind = Kind::release;
    } else if (random.chance(0.06)) {
      order.kind = Kind::cancel;
    } else if (random.chance(0.06)) {
      order.kind = Kind::pause;
      order.scope = scopes[random.below(scopes.size())];
      order.lasts = random.between(1s, 120s);
    } else {
      continue;
    }
    plan.orders.push_back(order);
  }
}

Disturbance plan_disturbance(const Plan& plan, bool orderly, SeededRandom& random) {
  constexpr std::array any{Trouble::drain,
                           Trouble::crash,
                           Trouble::crash,
                           Trouble::crash_at_message,
                           Trouble::pause,
                           Trouble::silence,
                           Trouble::pause_at_request,
                           Trouble::clock_step,
                           Trouble::brokers_away,
                           Trouble::rebalance};
  Disturbance disturbance;
  disturbance.trouble = orderly ? Trouble::drain : any[random.below(any.size())];
  disturbance.stage = random.chance(0.5) ? Stage::intake : Stage::delivery;
  disturbance.process = random.below(plan.processes);
  // While intake reads some run, or delivery sends it.
  const auto& run = plan.runs[random.below(plan.runs.size())];
  const bool intake = disturbance.stage == Stage::intake;
  disturbance.at = run.begins + (intake ? random.between(5s, 30s) : random.between(5s, 90s));
  if (random.chance(0.8)) disturbance.stalled = random.between(2s, 20s);
  disturbance.scattered = random.chance(0.7);
  disturbance.message = 1 + random.below(200);
  disturbance.request = 1 + random.below(10);
  // Shorter and longer than a lease, a session and a rebalance.
  disturbance.lasts = random.chance(0.7) ? random.between(0s, 60s) : random.between(60s, 300s);
  if (disturbance.trouble == Trouble::pause_at_request) {
    disturbance.stage = Stage::delivery;
    // Until another owner is at work, mostly.
    disturbance.lasts = random.between(10s, 300s);
  }
  disturbance.ahead = std::chrono::milliseconds{random.below(4'000)} - 2s;
  if (random.chance(0.3)) disturbance.ahead *= 100;
  return disturbance;
}

void plan_faults(Plan& plan, SeededRandom& random) {
  const auto some = [&random](double most) { return random.chance(0.5) ? most * random.fraction() : 0; };
  plan.kafka_faults.failing_calls = some(0.2);
  plan.kafka_faults.lost_transactions = some(0.01);
  plan.kafka_faults.lost_answers = some(0.01);
  plan.kafka_faults.lost_commits = some(0.3);
  plan.kafka_faults.late_acknowledgements = some(0.1);
  plan.vendor_faults = some(0.2);
  if (random.chance(0.5)) plan.compaction_interval = random.between(1s, 60s);
}

void plan_disturbances(Plan& plan, SeededRandom& random) {
  // One world in eight is left in peace, two see orderly restarts alone.
  const auto kind = random.below(8);
  const bool orderly = kind < 3;
  if (kind == 0) return;
  const auto count = 1 + random.below(orderly ? 4 : 6);
  for (std::size_t number = 0; number < count; ++number) {
    plan.disturbances.push_back(plan_disturbance(plan, orderly, random));
  }
  if (orderly) return;
  plan_faults(plan, random);
  if (!random.chance(0.05)) return;
  plan.loses_input = true;
  const auto& run = plan.runs[random.below(plan.runs.size())];
  plan.disturbances.push_back({.trouble = Trouble::input_lost, .at = run.begins + random.between(5s, 60s)});
}

}  // namespace

Plan make_plan(std::uint64_t seed) {
  SeededRandom random{seed};
  Plan plan;
  plan.seed = seed;
  plan.input_partitions = static_cast<std::int32_t>(1 + random.below(3));
  plan.outbox_partitions = static_cast<std::int32_t>(1 + random.below(3));
  plan.processes = 2 + random.below(2);
  const bool big_rows = seed % 5 == 0;
  plan.custom_fields = big_rows ? 20 : 1;
  plan.max_rows = big_rows || random.chance(0.5) ? 39'999 : 20 + random.below(100);
  plan_vendor(plan, random);
  plan_runs(plan, big_rows, random);
  plan_orders(plan, random);
  plan_disturbances(plan, random);
  constexpr std::array<double, 4> json_shares{0, 0, 0.5, 1};
  plan.json_share = json_shares[random.below(json_shares.size())];
  plan.lost_answers = random.below(3);
  plan.rotating_tokens = random.chance(0.5);
  plan.access_token_life = random.chance(0.5) ? 24h : 10min;
  if (random.chance(0.1)) {
    plan.calls_per_day = static_cast<std::uint32_t>(250 + random.below(200));
    plan.before_midnight = std::chrono::minutes{5 + random.below(25)};
  }
  return plan;
}

bool is_canceled(const Plan& plan, const PlannedRun& run) {
  return std::ranges::any_of(plan.orders, [&](const PlannedOrder& order) {
    return order.kind == PlannedOrder::Kind::cancel && &plan.runs[order.run] == &run;
  });
}

std::string field_name(std::size_t number) { return "note_" + std::to_string(number); }

}  // namespace simulation
