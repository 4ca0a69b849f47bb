#include "simulation/world.hpp"

#include <algorithm>
#include <array>
#include <functional>
#include <type_traits>
#include <utility>

#include "intake/restart_notes.hpp"
#include "kafka/client.hpp"
#include "simulation/vendor.hpp"

namespace simulation {
namespace {

using namespace std::chrono_literals;
namespace topic = support::topic;

/// All runs are short, so whatever takes longer hangs.
constexpr auto longest_life = 6h;
/// Where calls are few, some runs get theirs on the next day, or the one after.
constexpr auto longest_life_with_few_calls = 54h;
constexpr auto longest_idling = 1h;
constexpr auto longest_drain = 10min;

async::UtcTime start_of(const Plan& plan) {
  if (plan.before_midnight == 0min) return support::VirtualTime::default_start;
  return std::chrono::ceil<std::chrono::days>(support::VirtualTime::default_start) - plan.before_midnight;
}

intake::Settings intake_settings(const Plan& plan, support::SeededRandom& random) {
  intake::Settings settings;
  for (const auto& application : plan.applications) settings.applications.push_back({application});
  settings.default_application = {plan.applications.front()};
  // Where a range is cut may differ between two lives; what is decided may not.
  constexpr std::array<std::size_t, 3> range_bytes{900'000, 3'000, 1'000};
  settings.range_bytes = plan.custom_fields > 1 ? range_bytes[0] : range_bytes[random.below(range_bytes.size())];
  settings.small_range_bytes = settings.range_bytes / 9;
  settings.range_age = std::chrono::milliseconds{500 + random.below(5'000)};
  return settings;
}

/// As the worker sets it, so that what hangs on it is met here too.
std::chrono::milliseconds message_timeout_of_producers() {
  const auto properties = kafka::producer_properties(kafka::Settings{});
  return std::chrono::milliseconds{std::stol(properties.at("message.timeout.ms"))};
}

delivery::Settings delivery_settings(const Plan& plan, const std::string& process) {
  delivery::Settings settings;
  settings.process = process;
  settings.packing.max_rows = plan.max_rows;
  settings.quota.calls_per_day = plan.calls_per_day;
  // Runs that were cut wait for it.
  if (plan.loses_input) settings.run_deadline = 1h;
  // Each life wastes what is left of one.
  settings.quota.block = 10;
  return settings;
}

}  // namespace

World::World(std::uint64_t seed, std::ostream* trace)
    : plan_{make_plan(seed)},
      time_{seed, start_of(plan_)},
      random_{seed ^ 0x5EEDU},
      kafka_{time_, seed},
      core_{seed},
      trace_{time_, trace},
      books_{plan_, kafka_, tally_},
      key_{vault::Key::Bytes{1, 2, 3}},
      witness_{kafka_, core_, key_},
      people_{{plan_, kafka_, core_, books_, tally_, trace_}, key_, random_.branch()},
      intakes_(plan_.processes),
      deliveries_(plan_.processes) {}

std::vector<std::string> World::live() {
  kafka_.create_topics(plan_.input_partitions, plan_.outbox_partitions);
  set_up_vendor(core_, plan_, time_.now());
  for (std::size_t slot = 0; slot < plan_.processes; ++slot) {
    time_.after(random_.between(0s, 10s), [this, slot] { start_intake(slot); });
    time_.after(random_.between(0s, 10s), [this, slot] { start_delivery(slot); });
  }
  people_.begin();
  for (const auto& disturbance : plan_.disturbances) plan_disturbance(disturbance);
  kafka_.set_faults(plan_.kafka_faults);
  if (plan_.compaction_interval > 0ns) compact();

  const auto longest = plan_.before_midnight > 0min ? longest_life_with_few_calls : longest_life;
  if (!time_.run_until([this] { return books_.all_final(); }, longest)) failures_.emplace_back("some run never ended");
  trace_.line("world", "all runs are final");
  if (!time_.run_until([this] { return all_idle(); }, longest_idling))
    failures_.emplace_back("some process is never idle");
  drain_all();
  auto all = failures();
  std::ranges::copy(witness_.complaints(), std::back_inserter(all));
  std::ranges::move(books_.differences(core_), std::back_inserter(all));
  return all;
}

void World::start_intake(std::size_t slot) {
  const auto name = "intake-" + std::to_string(++started_);
  trace_.line(name, "starts");
  auto random = random_.branch();
  const auto settings = intake_settings(plan_, random);
  auto process =
      std::make_shared<IntakeProcess>(name, kafka_, settings, message_timeout_of_producers(), random, trace_, tally_);
  process->kafka_process().on_death([this, slot, process = process.get()] {
    if (!process->failure().empty() && intakes_[slot].get() == process) replace(intakes_, slot, 1s);
  });
  intakes_[slot] = std::move(process);
  intakes_[slot]->start();
}

void World::start_delivery(std::size_t slot) {
  const auto name = "delivery-" + std::to_string(++started_);
  std::map<run::ApplicationId, std::string> secrets;
  for (const auto& application : plan_.applications) secrets[{application}] = secret_of(application);
  using constant_contact::ImportForm;
  auto random = random_.branch();
  const auto form = random.chance(plan_.json_share) ? ImportForm::json : ImportForm::csv;
  deliveries_[slot] = std::make_shared<DeliveryProcess>(name, kafka_, core_, witness_, delivery_settings(plan_, name),
                                                        key_, secrets, form, random, trace_, tally_);
  deliveries_[slot]->start();
}

void World::compact() {
  witness_.read();
  for (const auto name : {topic::control, topic::deliveries, topic::credentials}) {
    for (std::int32_t partition = 0; partition < kafka_.partitions(name); ++partition) {
      if (kafka_.log(name, partition).compact()) kafka_.count("a table was compacted");
    }
  }
  cut_input();
  time_.after(plan_.compaction_interval, [this] { compact(); });
}

void World::cut_input() {
  for (std::int32_t partition = 0; partition < kafka_.partitions(topic::exports); ++partition) {
    const auto committed = kafka_.group(topic::exports).committed(partition).value();
    const auto notes = intake::from_metadata(committed.metadata);
    auto& log = kafka_.log(topic::exports, partition);
    if (!notes || notes->restart <= log.start()) continue;
    kafka_.count("the input lost its beginning");
    log.cut_before(notes->restart);
  }
}

void World::lose_input() {
  for (std::int32_t partition = 0; partition < kafka_.partitions(topic::exports); ++partition) {
    const auto committed = kafka_.group(topic::exports).committed(partition).value();
    const auto notes = intake::from_metadata(committed.metadata);
    if (!notes || notes->restart >= committed.offset) continue;
    kafka_.count("the input lost what open runs need");
    trace_.line("world", "the input loses", partition, "from", notes->restart, "to", committed.offset);
    kafka_.log(topic::exports, partition).cut_before(committed.offset);
    books_.lost(partition, notes->restart, committed.offset);
  }
  for (std::size_t slot = 0; slot < intakes_.size(); ++slot) {
    disturb(intakes_, slot, {.trouble = Trouble::crash, .lasts = 1s});
  }
}

void World::plan_disturbance(const Disturbance& disturbance) {
  const bool ends_intake = disturbance.stage == Stage::intake && disturbance.trouble <= Trouble::crash_at_message;
  if (ends_intake) {
    time_.after(disturbance.at - disturbance.stalled, [this, disturbance] {
      for (const auto& process : intakes_) {
        if (process) process->kafka_process().stall(disturbance.stalled + 1s);
      }
    });
  }
  time_.after(disturbance.at, [this, disturbance] { disturb(disturbance); });
}

void World::disturb(const Disturbance& disturbance) {
  if (disturbance.trouble == Trouble::brokers_away) {
    trace_.line("world", "the brokers are away");
    return kafka_.go_away_for(disturbance.lasts);
  }
  if (disturbance.trouble == Trouble::input_lost) return lose_input();
  if (disturbance.trouble == Trouble::rebalance) {
    kafka_.count("the group was disturbed");
    return kafka_.group(disturbance.stage == Stage::intake ? topic::exports : topic::decided).disturb();
  }
  if (disturbance.stage == Stage::delivery) return disturb(deliveries_, disturbance.process, disturbance);
  const bool ends = disturbance.trouble <= Trouble::crash_at_message;
  disturb(intakes_, ends ? busiest_intake(disturbance.process) : disturbance.process, disturbance);
}

template <class Process>
void World::disturb(std::vector<std::shared_ptr<Process>>& processes, std::size_t slot,
                    const Disturbance& disturbance) {
  const auto process = processes[slot];
  if (!process) return;
  auto& with_kafka = process->kafka_process();
  switch (disturbance.trouble) {
    case Trouble::drain:
      kafka_.count("a process drained");
      processes[slot] = nullptr;
      process->drain();
      return when_ended(process, [this, &processes, slot, after = disturbance.lasts] {
        time_.after(after, [this, &processes, slot] { restart(processes, slot); });
      });
    case Trouble::crash:
      kafka_.count("a process crashed");
      trace_.line(process->name(), "crashes");
      replace(processes, slot, disturbance.lasts);
      return process->crash(disturbance.scattered ? support::KafkaProcess::Loss::scattered
                                                  : support::KafkaProcess::Loss::prefix);
    case Trouble::crash_at_message:
      with_kafka.die_at_message(disturbance.message);
      return with_kafka.on_death([this, &processes, slot, process = process.get(), after = disturbance.lasts] {
        trace_.line(process->name(), "crashes at a message");
        // Who drains has been taken out of the slot already.
        if (processes[slot].get() == process) replace(processes, slot, after);
      });
    case Trouble::pause:
      trace_.line(process->name(), "stands still");
      return with_kafka.pause_for(disturbance.lasts);
    case Trouble::pause_at_request:
      if constexpr (std::is_same_v<Process, DeliveryProcess>) {
        process->transport().pause_at_request(disturbance.request, disturbance.lasts);
      }
      return;
    case Trouble::silence:
      trace_.line(process->name(), "is not heard");
      return with_kafka.fall_silent_for(disturbance.lasts);
    case Trouble::clock_step:
      kafka_.count("a clock was set");
      trace_.line(process->name(), "has its clock set");
      process->clock().set_ahead(disturbance.ahead);
      return (void)time_.after(disturbance.lasts, [process] { process->clock().set_ahead({}); });
    case Trouble::brokers_away:
    case Trouble::rebalance:
    case Trouble::input_lost:
      break;
  }
}

template <class Process>
void World::replace(std::vector<std::shared_ptr<Process>>& processes, std::size_t slot,
                    std::chrono::nanoseconds after) {
  keep(std::exchange(processes[slot], nullptr));
  if (ending_) return;
  time_.after(after, [this, &processes, slot] { restart(processes, slot); });
}

std::size_t World::busiest_intake(std::size_t otherwise) const {
  auto busiest = otherwise;
  std::size_t most = 0;
  for (std::size_t slot = 0; slot < intakes_.size(); ++slot) {
    if (!intakes_[slot] || intakes_[slot]->in_flight() <= most) continue;
    most = intakes_[slot]->in_flight();
    busiest = slot;
  }
  return busiest;
}

template <class Process>
void World::when_ended(std::shared_ptr<Process> process, std::function<void()> then) {
  time_.after(100ms, [this, process, then] {
    if (!process->ended()) return when_ended(process, then);
    if (!process->failure().empty()) failures_.push_back(process->name() + ": " + process->failure());
    // It may have died while it drained. One that has ended leaves its group as it goes.
    if (process->kafka_process().dead()) keep(process);
    then();
  });
}

bool World::all_idle() {
  const auto idle = [](const auto& process) { return process && process->idle(); };
  if (!people_.have_published() || !std::ranges::all_of(intakes_, idle)) return false;
  if (!std::ranges::all_of(deliveries_, [](const auto& process) { return process != nullptr; })) return false;
  for (const auto name : {topic::exports, topic::decided}) {
    for (std::int32_t partition = 0; partition < kafka_.partitions(name); ++partition) {
      if (kafka_.group(name).committed(partition).value().offset < kafka_.log(name, partition).end()) return false;
    }
  }
  return true;
}

void World::drain_all() {
  ending_ = true;
  for (const auto& process : intakes_) {
    if (process) process->drain();
  }
  for (const auto& process : deliveries_) {
    if (process) process->drain();
  }
  const auto ended = [](const auto& process) { return !process || process->ended(); };
  const auto all_ended = [&] {
    return std::ranges::all_of(intakes_, ended) && std::ranges::all_of(deliveries_, ended);
  };
  if (!time_.run_until(all_ended, longest_drain)) failures_.emplace_back("some process does not drain");
}

Tally World::tally() const {
  auto all = tally_;
  all.faults = kafka_.struck();
  return all;
}

std::vector<std::string> World::failures() const {
  auto all = failures_;
  const auto add = [&all](const auto& processes) {
    for (const auto& process : processes) {
      if (process && !process->failure().empty()) all.push_back(process->name() + ": " + process->failure());
    }
  };
  add(intakes_);
  add(deliveries_);
  return all;
}

}  // namespace simulation
