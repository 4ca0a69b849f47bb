#pragma once

#include <chrono>
#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "run/control.hpp"
#include "run/counts.hpp"
#include "run/export_job.hpp"
#include "run/reason.hpp"
#include "support/memory_kafka.hpp"

namespace simulation {

struct Person {
  std::string email;  ///< As the vendor is to hold it.
  std::string first_name;
  std::string last_name;

  auto operator<=>(const Person&) const = default;
};

/// A member that is not to be sent, as `export-rejects` is to name it.
struct Refusal {
  std::string profile_id;
  run::Reason reason = run::Reason::none;

  auto operator<=>(const Refusal&) const = default;
};

/// What must come of a run whatever happens on the way.
struct Expected {
  run::DecisionCounts totals;
  std::vector<run::DecisionCounts> by_segment;  ///< In the job's order.
  run::DeliveryCounts delivered;
  std::multiset<Refusal> refusals;
  std::set<Person> on_list;
  std::uint64_t dead_letters = 0;
  bool skipped = false;  ///< Over the cap; else it is delivered, with or without warnings.
};

struct PlannedRun {
  run::ExportJob job;
  std::string account;
  std::vector<std::string> records;  ///< Payloads in the order in which they are published; the job is the first.
  std::chrono::nanoseconds begins{};
  std::chrono::nanoseconds pause_most{};  ///< Between two records.
  Expected expected;
  std::optional<Expected> repeat{};  ///< The run id is used once more when its run has ended.
  std::size_t repeat_begins = 0;     ///< With this record, if it is.
};

/// What a person tells delivery through the control topic.
struct PlannedOrder {
  enum class Kind : std::uint8_t { cancel, release, pause };

  Kind kind = Kind::cancel;
  std::size_t run = 0;
  run::PauseScope scope = run::PauseScope::connection;  ///< Of the run's.
  std::chrono::nanoseconds at{};
  std::chrono::nanoseconds lasts{};  ///< Of a pause.
};

struct PlannedConnection {
  std::string id;
  std::string application;
  std::string account;
  std::set<std::string> unsubscribed;  ///< Addresses of people who are known there, and have left.
};

enum class Stage : std::uint8_t { intake, delivery };
enum class Trouble : std::uint8_t {
  drain,             ///< The process ends in an orderly way, another one takes its place.
  crash,             ///< The same, without any order.
  crash_at_message,  ///< The same, as it is about to send a message.
  pause,             ///< It stands still and goes on.
  pause_at_request,  ///< The same, as it is about to send a request to the vendor; of delivery alone.
  silence,           ///< It goes on, but its group hears nothing of it.
  clock_step,        ///< Its clock is set, and later set right.
  brokers_away,      ///< Nobody reaches the brokers.
  rebalance,         ///< The stage's group begins a new generation for no reason.
  input_lost,        ///< All that was decided goes from the input, also what open runs need; its readers start again.
};

/// One thing that happens to a process of a stage, or to the brokers.
struct Disturbance {
  Trouble trouble = Trouble::drain;
  Stage stage = Stage::intake;
  std::size_t process = 0;  ///< Of intake that ends: the busiest instead, if any is busy.
  std::chrono::nanoseconds at{};
  std::chrono::nanoseconds lasts{};    ///< Until it is over, or the next process starts.
  std::chrono::nanoseconds stalled{};  ///< So long before, what intake writes no longer arrives.
  bool scattered = false;              ///< KafkaProcess::Loss.
  std::uint64_t message = 1;           ///< From then on, the one that it dies of.
  std::uint64_t request = 1;           ///< The same, of what it stands still at.
  std::chrono::milliseconds ahead{};   ///< Of a clock that is set.
};

/// Everything about a world that is decided before it begins.
struct Plan {
  std::uint64_t seed = 0;
  std::int32_t input_partitions = 1;
  std::int32_t outbox_partitions = 1;
  std::size_t processes = 2;  ///< Of each stage.
  std::size_t max_rows = 0;   ///< Of a batch.
  bool rotating_tokens = false;
  std::chrono::seconds access_token_life{};
  std::uint32_t calls_per_day = 10'000;  ///< Of each application.
  std::chrono::minutes before_midnight{};
  bool loses_input = false;
  std::size_t lost_answers = 0;   ///< So many imports are taken and never answered.
  double json_share = 0;          ///< Of the processes of delivery: they begin batches as JSON imports.
  std::size_t custom_fields = 0;  ///< Of each account.
  std::vector<std::string> applications;
  std::vector<PlannedConnection> connections;
  std::vector<PlannedRun> runs;
  std::vector<PlannedOrder> orders;
  std::vector<Disturbance> disturbances;
  support::KafkaFaults kafka_faults;
  double vendor_faults = 0;                        ///< Share of the vendor's answers that something is wrong with.
  std::chrono::nanoseconds compaction_interval{};  ///< 0: never.
};

Plan make_plan(std::uint64_t seed);

bool is_canceled(const Plan& plan, const PlannedRun& run);

/// Name of the custom field with this number.
std::string field_name(std::size_t number);

}  // namespace simulation
