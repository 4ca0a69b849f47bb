#include "simulation/books.hpp"

#include <algorithm>
#include <set>
#include <sstream>
#include <tuple>
#include <utility>
#include <variant>

#include "wire/decided.hpp"
#include "wire/result.hpp"

namespace simulation {
namespace {

std::string text(std::uint64_t number) { return std::to_string(number); }
std::string text(const run::DecisionCounts& counts) {
  std::ostringstream out;
  out << "received " << counts.received << ", accepted " << counts.accepted << ", invalid " << counts.invalid
      << ", duplicate " << counts.duplicate << ", over cap " << counts.over_cap << ", undecodable "
      << counts.undecodable;
  return out.str();
}
std::string text(const run::DeliveryCounts& counts) {
  std::ostringstream out;
  out << "imported " << counts.imported << ", unsubscribed " << counts.unsubscribed << ", refused " << counts.refused
      << ", failed " << counts.failed << ", unknown " << counts.unknown << ", not sent " << counts.not_sent;
  return out.str();
}

std::string text(const run::RunCompleted& end) {
  return std::string{run::name(end.status)} + " " + std::string{run::name(end.reason.reason)} + " " + end.reason.detail;
}

/// What is in only one of both, as a number and an example.
template <class Set>
std::string text_of_difference(const Set& found, const Set& expected,
                               std::string (*name)(const typename Set::value_type&)) {
  std::vector<typename Set::value_type> missing;
  std::vector<typename Set::value_type> surplus;
  std::set_difference(expected.begin(), expected.end(), found.begin(), found.end(), std::back_inserter(missing));
  std::set_difference(found.begin(), found.end(), expected.begin(), expected.end(), std::back_inserter(surplus));
  std::ostringstream out;
  if (!missing.empty()) out << ' ' << missing.size() << " missing, for example " << name(missing.front());
  if (!surplus.empty()) out << ' ' << surplus.size() << " too many, for example " << name(surplus.front());
  return out.str();
}

std::string name_of_person(const Person& person) {
  return person.email + " (" + person.first_name + ", " + person.last_name + ")";
}
std::string name_of_refusal(const Refusal& refusal) {
  return refusal.profile_id + " " + std::string{run::name(refusal.reason)};
}

}  // namespace

template <class T>
void Books::expect_equal(const std::string& what, const T& found, const T& expected) {
  if (!(found == expected)) complain(what + ": " + text(found) + "; expected: " + text(expected));
}

void Books::published(const PlannedRun& run, const run::RunInstance& instance, run::UtcTime at) {
  instances_[&run].push_back(instance);
  job_at_.try_emplace(&run, at);
}

const std::vector<run::RunInstance>& Books::instances(const PlannedRun& run) const {
  static const std::vector<run::RunInstance> none;
  const auto found = instances_.find(&run);
  return found == instances_.end() ? none : found->second;
}

bool Books::all_final() {
  read_results();
  return std::ranges::all_of(plan_.runs, [&](const PlannedRun& run) {
    const auto& all = instances(run);
    return all.size() == (run.repeat ? 2 : 1) && std::ranges::all_of(all, [&](const run::RunInstance& instance) {
             const auto told = told_.find(instance);
             return told == told_.end() ? is_cut(run) : !told->second.ends.empty();
           });
  });
}

bool Books::is_cut(const PlannedRun& run) const {
  const auto needed = [&](const run::RunInstance& instance) {
    return std::ranges::any_of(lost_, [&](const Lost& lost) {
      return lost.partition == instance.partition && lost.from <= instance.job_offset &&
             instance.job_offset < lost.until;
    });
  };
  return std::ranges::any_of(plan_.runs, [&](const PlannedRun& other) {
    return other.job.export_id == run.job.export_id && std::ranges::any_of(instances(other), needed);
  });
}

std::set<std::string> Books::take_unauthorised() {
  read_results();
  return std::exchange(unauthorised_, {});
}

void Books::read_results() {
  positions_.resize(static_cast<std::size_t>(kafka_.partitions(support::topic::results)), 0);
  for (std::size_t partition = 0; partition < positions_.size(); ++partition) {
    const auto& log = kafka_.log(support::topic::results, static_cast<std::int32_t>(partition));
    while (const auto* stored = log.next(positions_[partition])) {
      positions_[partition] = stored->offset + 1;
      const auto event = wire::decode_result(stored->record.value.value_or(std::string{}));
      if (!event) {
        complain("an event that cannot be read");
        continue;
      }
      auto& told = told_[event->instance];
      told.sequences.push_back(event->sequence);
      told.last_sequence = std::max(told.last_sequence, event->sequence);
      if (const auto* changed = std::get_if<run::RunChanged>(&event->what)) {
        if (changed->reason.reason == run::Reason::needs_authorisation) {
          unauthorised_.insert(event->instance.run_id.value);
        }
      } else if (const auto* completed = std::get_if<run::RunCompleted>(&event->what)) {
        told.ends.push_back(*completed);
        told.end_sequence = event->sequence;
      }
    }
  }
}

std::vector<std::string> Books::differences(sandbox::Core& core) {
  read_results();
  for (const auto& run : plan_.runs) compare_run(run);
  std::uint64_t instances = 0;
  for (const auto& [run, all] : instances_) instances += all.size();
  // Of a run that was cut, a job that is published once more is another one.
  if (lost_.empty()) expect_equal("runs told of", std::uint64_t{told_.size()}, instances);
  compare_exports();
  for (const auto& [id, runs] : exports_) compare_list(runs, core);
  compare_decisions();
  if (lost_.empty()) compare_rejects();
  compare_journal();
  compare_limits(core.counters());
  return std::move(differences_);
}

void Books::compare_cut(const PlannedRun& run) {
  const auto& id = run.job.run_id.value;
  Place place{.order = {job_at_.at(&run), run.job.run_id}, .run = &run, .outcome = Outcome::sent_in_part};
  for (const auto& [instance, told] : told_) {
    if (instance.run_id.value != id) continue;
    compare_told(id, told);
    if (told.ends.empty()) continue;
    if (told.ends.front().reason.reason == run::Reason::outbox_gap) tally_.saw("a run that was cut ended");
  }
  exports_[run.job.export_id.value].push_back(place);
}

void Books::compare_run(const PlannedRun& run) {
  if (is_cut(run)) return compare_cut(run);
  const auto& id = run.job.run_id.value;
  const auto& all = instances(run);
  for (std::size_t number = 0; number < all.size(); ++number) {
    const auto& told = told_[all[number]];
    compare_told(id, told);
    if (told.ends.empty()) continue;
    if (number > 0) {
      compare_repeat(run, told.ends.front());
      continue;
    }
    Place place{.order = {job_at_.at(&run), run.job.run_id}, .run = &run};
    compare_end(place, told.ends.front());
    exports_[run.job.export_id.value].push_back(place);
  }
}

void Books::compare_told(const std::string& id, const Told& told) {
  expect_equal(id + " ends told", std::uint64_t{told.ends.size()}, std::uint64_t{1});
  expect_equal(id + " last event", told.end_sequence, told.last_sequence);
  auto sequences = told.sequences;
  std::ranges::sort(sequences);
  if (std::ranges::adjacent_find(sequences) != sequences.end()) complain(id + ": an event came twice");
}

void Books::compare_repeat(const PlannedRun& run, const run::RunCompleted& end) {
  const auto id = run.job.run_id.value + " again";
  if (end.status != run::RunStatus::skipped || end.reason.reason != run::Reason::repeated_run) {
    complain(id + ": ended " + text(end));
  }
  compare_receipt(id, run, *run.repeat, end);
  expect_equal(id + " delivered", end.receipt.delivered, run.repeat->delivered);
  tally_.saw("a run id was used again");
}

void Books::compare_end(Place& place, const run::RunCompleted& end) {
  const auto& run = *place.run;
  const auto& id = run.job.run_id.value;
  const auto& delivered = end.receipt.delivered;
  compare_receipt(id, run, run.expected, end);
  expect_equal(id + " in all", delivered.sum(), run.expected.totals.accepted);
  if (end.status == run::RunStatus::successful || end.status == run::RunStatus::completed_with_warnings) {
    place.outcome = Outcome::sent;
    if (run.expected.skipped) complain(id + ": ended " + text(end));
    if (!excuses_unknown(id, end.receipt, false)) {
      expect_equal(id + " delivered", delivered, run.expected.delivered);
    } else {
      place.outcome = Outcome::sent_in_part;
    }
    return;
  }
  if (end.status == run::RunStatus::canceled && is_canceled(plan_, run)) {
    tally_.saw("a run was canceled");
    excuses_unknown(id, end.receipt, true);
    if (delivered.not_sent == run.expected.totals.accepted) return;
    tally_.saw("a run was canceled that was sent in part");
    place.outcome = Outcome::sent_in_part;
    return;
  }
  expect_equal(id + " not sent", delivered.not_sent, run.expected.totals.accepted);
  place.superseded = end.status == run::RunStatus::skipped && end.reason.reason == run::Reason::superseded;
  const bool over_cap = end.status == run::RunStatus::skipped && end.reason.reason == run::Reason::over_cap;
  if (!place.superseded && !(over_cap && run.expected.skipped)) complain(id + ": ended " + text(end));
}

void Books::compare_receipt(const std::string& id, const PlannedRun& run, const Expected& expected,
                            const run::RunCompleted& end) {
  const auto& receipt = end.receipt;
  if (receipt.unknown_from || !receipt.adds_up()) complain(id + ": the receipt does not add up");
  expect_equal(id + " decided", receipt.decided, expected.totals);
  expect_equal(id + " segments", std::uint64_t{receipt.segments.size()}, std::uint64_t{run.job.segments.size()});
  for (std::size_t segment = 0; segment < std::min(receipt.segments.size(), run.job.segments.size()); ++segment) {
    expect_equal(id + " " + receipt.segments[segment].id.value, receipt.segments[segment].decided,
                 expected.by_segment[segment]);
  }
  for (const auto& warning : end.warnings) {
    const bool counters_missing = warning.reason == run::Reason::counters_missing && receipt.delivered.unknown == 0;
    const bool calls_for_attention = warning.reason == run::Reason::shortfall || counters_missing;
    if (calls_for_attention) complain(id + ": warns of " + std::string{run::name(warning.reason)});
  }
}

bool Books::excuses_unknown(const std::string& id, const run::Receipt& receipt, bool canceled) {
  if (receipt.delivered.unknown == 0) return false;
  std::uint64_t given_up = 0;
  for (const auto& batch : receipt.batches) {
    // Of a canceled run it is not sent again.
    const bool given_up_on = (batch.possible_duplicate && batch.attempt == 2) || canceled;
    if (batch.counts.unknown == batch.rows && given_up_on) given_up += batch.rows;
  }
  tally_.saw("rows were given up as unknown");
  expect_equal(id + " unknown", receipt.delivered.unknown, given_up);
  return true;
}

void Books::compare_exports() {
  for (auto& [id, runs] : exports_) {
    std::ranges::sort(runs, {}, &Place::order);
    for (auto run = runs.begin(); run != runs.end(); ++run) {
      if (!run->superseded) continue;
      tally_.saw("a run was superseded");
      const bool newer =
          std::any_of(run + 1, runs.end(), [](const Place& other) { return other.outcome != Outcome::not_sent; });
      if (!newer) complain(run->run->job.run_id.value + ": was superseded by nothing newer");
    }
  }
}

void Books::compare_decisions() {
  std::map<std::tuple<std::string, std::int64_t, run::Position>, std::string> decisions;
  const auto compare = [&](const run::RunInstance& run, run::Position position, std::string decision) {
    const auto [known, fresh] = decisions.try_emplace({run.run_id.value, run.job_offset, position}, decision);
    if (fresh) return;
    tally_.saw("a position was decided twice");
    if (known->second != decision) complain(run.run_id.value + ": a position was decided in two ways");
  };
  for (const auto& stored : kafka_.read_all(support::topic::decided)) {
    const auto record = wire::decode_decided(stored.record.value.value_or(std::string{}));
    if (!record) {
      complain("a decided record that cannot be read");
    } else if (const auto* range = std::get_if<run::DecidedRange>(&*record)) {
      for (const auto& row : range->rows) compare(range->instance, row.position, row.email);
      for (const auto& reject : range->rejects) {
        compare(range->instance, reject.position, std::string{run::name(reject.reason)} + " " + reject.profile_id);
      }
    }
  }
}

void Books::compare_rejects() {
  std::multiset<Refusal> expected;
  std::uint64_t dead_letters = 0;
  const auto add = [&](const Expected& run) {
    expected.insert(run.refusals.begin(), run.refusals.end());
    dead_letters += run.dead_letters;
  };
  for (const auto& run : plan_.runs) {
    add(run.expected);
    if (run.repeat) add(*run.repeat);
  }
  std::multiset<Refusal> found;
  std::set<std::pair<std::int32_t, std::int64_t>> letters;
  for (const auto& stored : kafka_.read_all(support::topic::rejects)) {
    const auto reject = wire::decode_reject(stored.record.value.value_or(std::string{}));
    if (!reject) {
      complain("a reject that cannot be read");
    } else if (const auto* member = std::get_if<run::RejectedMember>(&*reject)) {
      found.insert({member->profile_id, member->reason});
    } else {
      // Another life may write one again; its identity tells.
      const auto& letter = std::get<run::DeadLetter>(*reject);
      letters.emplace(letter.partition, letter.offset);
    }
  }
  if (found != expected) complain("rejects:" + text_of_difference(found, expected, name_of_refusal));
  expect_equal("dead letters", std::uint64_t{letters.size()}, dead_letters);
}

void Books::compare_list(const std::vector<Place>& runs, sandbox::Core& core) {
  const auto& job = runs.front().run->job;
  const auto& id = job.export_id.value;
  // By address: what the list may say. Whoever was sent in part is there by chance.
  struct Sayings {
    std::vector<Person> allowed;
    bool sure = false;
  };
  std::map<std::string, Sayings> expected;
  std::uint64_t newest = 0;
  for (const auto& run : runs) {
    if (run.outcome == Outcome::not_sent) continue;
    ++newest;
    for (const auto& person : run.run->expected.on_list) {
      auto& sayings = expected[person.email];
      if (run.outcome == Outcome::sent) sayings = {{}, true};
      sayings.allowed.push_back(person);
    }
  }
  if (newest > 1) tally_.saw("a list was brought up to date");
  std::uint64_t found = 0;
  for (const auto& member : core.members(job.list_ids.front().value, kafka_.time().now())) {
    ++found;
    const Person person{member.email, member.first_name, member.last_name};
    const auto known = expected.find(member.email);
    if (known == expected.end()) {
      complain("the list of " + id + ": too many, for example " + name_of_person(person));
      return;
    }
    if (std::ranges::find(known->second.allowed, person) == known->second.allowed.end()) {
      complain("the list of " + id + ": not as the newest run has it, for example " + name_of_person(person));
      return;
    }
    known->second.allowed.clear();
  }
  for (const auto& [email, sayings] : expected) {
    if (sayings.allowed.empty() || !sayings.sure) continue;
    complain("the list of " + id + ": missing, for example " + email);
    return;
  }
  // Of one run alone its receipt tells how many of them there are.
  if (runs.size() > 1 || is_cut(*runs.front().run) || runs.front().outcome != Outcome::sent_in_part) return;
  const auto& receipt = told_.at(instances(*runs.front().run).front()).ends.front().receipt.delivered;
  const bool counted = found >= receipt.imported && found <= receipt.imported + receipt.unknown;
  if (!counted) complain("the list of " + id + ": " + text(found) + ", " + text(receipt.imported) + " imported");
}

void Books::compare_journal() {
  std::map<std::string, std::uint64_t> kept;
  for (const auto& [key, value] : kafka_.newest(support::topic::deliveries)) ++kept[key.substr(0, key.find('/'))];
  const auto expect_at_most = [&](const std::string& kind, std::uint64_t most) {
    if (kept[kind] > most) complain("the journal keeps " + text(kept[kind]) + " records of " + kind);
  };
  expect_at_most("batch", 0);
  expect_at_most("run", told_.size());
  expect_at_most("quota", 2 * plan_.applications.size());
  expect_at_most("refresh", plan_.connections.size());
}

void Books::compare_limits(const sandbox::Counters& counters) {
  for (const auto& [client, most] : counters.max_in_sliding_second_by_client) {
    if (most > 4) complain(client + ": " + text(most) + " requests in a sliding second");
  }
  for (const auto& [client, days] : counters.requests_by_client_and_day) {
    for (const auto& [day, calls] : days) {
      if (calls > plan_.calls_per_day) complain(client + ": " + text(calls) + " calls on " + day);
    }
  }
  if (counters.max_body_bytes > 4'000'000) complain("a body of " + text(counters.max_body_bytes) + " bytes");
  expect_equal("rows lost", counters.rows_lost, std::uint64_t{0});
  for (const auto& [batch, activities] : counters.activities_by_batch) {
    expect_equal("activities of batch " + batch, activities, std::uint64_t{1});
  }
  // The vendor cannot be asked for one of these again, so it may get it twice; then that must have been told.
  std::uint64_t repeats = 0;
  for (const auto& [body, imports] : counters.json_imports_by_body) {
    if (imports > 2) complain("a JSON import came " + text(imports) + " times");
    repeats += imports - 1;
  }
  std::uint64_t told = 0;
  for (const auto& [run, events] : told_) {
    for (const auto& end : events.ends) {
      told += static_cast<std::uint64_t>(std::ranges::count_if(
          end.receipt.batches, [](const run::BatchReceipt& batch) { return batch.possible_duplicate; }));
    }
  }
  for (const auto& [run, events] : told_) {
    for (const auto& end : events.ends) {
      const bool by_name = std::ranges::any_of(end.receipt.batches, [&](const run::BatchReceipt& batch) {
        return batch.possible_duplicate && counters.activities_by_batch.contains(batch.batch_id.value);
      });
      if (by_name) complain(run.run_id.value + ": tells of a duplicate that the vendor does not hold");
    }
  }
  if (repeats > 0) tally_.saw("a JSON import came twice");
  if (told > 0) tally_.saw("a possible duplicate was told");
  if (repeats > told) complain(text(repeats) + " JSON imports came twice, " + text(told) + " were told of");
}

}  // namespace simulation
