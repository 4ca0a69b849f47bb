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

bool Books::all_final() {
  read_results();
  return std::ranges::all_of(plan_.runs, [&](const PlannedRun& run) {
    const auto told = told_.find(run.job.run_id.value);
    return told != told_.end() && !told->second.ends.empty();
  });
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
      auto& told = told_[event->instance.run_id.value];
      told.sequences.push_back(event->sequence);
      told.last_sequence = std::max(told.last_sequence, event->sequence);
      const auto* completed = std::get_if<run::RunCompleted>(&event->what);
      if (completed == nullptr) continue;
      told.ends.push_back(*completed);
      told.end_sequence = event->sequence;
    }
  }
}

std::vector<std::string> Books::differences(sandbox::Core& core) {
  read_results();
  for (const auto& run : plan_.runs) {
    const auto& id = run.job.run_id.value;
    auto& told = told_[id];
    expect_equal(id + " ends told", std::uint64_t{told.ends.size()}, std::uint64_t{1});
    if (told.ends.empty()) continue;
    expect_equal(id + " last event", told.end_sequence, told.last_sequence);
    std::ranges::sort(told.sequences);
    if (std::ranges::adjacent_find(told.sequences) != told.sequences.end()) complain(id + ": an event came twice");
    compare_receipt(run, told.ends.front());
  }
  expect_equal("runs told of", std::uint64_t{told_.size()}, std::uint64_t{plan_.runs.size()});
  compare_decisions();
  compare_rejects();
  compare_lists(core);
  compare_limits(core.counters());
  return std::move(differences_);
}

void Books::compare_receipt(const PlannedRun& run, const run::RunCompleted& end) {
  const auto& id = run.job.run_id.value;
  const auto& receipt = end.receipt;
  const bool delivered =
      end.status == run::RunStatus::successful || end.status == run::RunStatus::completed_with_warnings;
  const bool skipped = end.status == run::RunStatus::skipped && end.reason.reason == run::Reason::over_cap;
  if (run.expected.skipped ? !skipped : !delivered) {
    complain(id + ": ended " + std::string{run::name(end.status)} + " " + std::string{run::name(end.reason.reason)} +
             " " + end.reason.detail);
  }
  if (receipt.unknown_from || !receipt.adds_up()) complain(id + ": the receipt does not add up");
  expect_equal(id + " decided", receipt.decided, run.expected.totals);
  compare_delivered(id, run.expected.delivered, receipt);
  expect_equal(id + " segments", std::uint64_t{receipt.segments.size()}, std::uint64_t{run.job.segments.size()});
  for (std::size_t segment = 0; segment < std::min(receipt.segments.size(), run.job.segments.size()); ++segment) {
    expect_equal(id + " " + receipt.segments[segment].id.value, receipt.segments[segment].decided,
                 run.expected.by_segment[segment]);
  }
  for (const auto& warning : end.warnings) {
    const bool counters_missing = warning.reason == run::Reason::counters_missing && receipt.delivered.unknown == 0;
    const bool calls_for_attention = warning.reason == run::Reason::shortfall || counters_missing;
    if (calls_for_attention) complain(id + ": warns of " + std::string{run::name(warning.reason)});
  }
}

/// A JSON import whose answer was lost twice is given up: its rows are unknown, and only they.
void Books::compare_delivered(const std::string& id, const run::DeliveryCounts& expected, const run::Receipt& receipt) {
  auto found = receipt.delivered;
  if (plan_.json_share > 0 && found.unknown > 0) {
    std::uint64_t given_up = 0;
    for (const auto& batch : receipt.batches) {
      if (batch.counts.unknown == batch.rows && batch.possible_duplicate && batch.attempt == 2) given_up += batch.rows;
    }
    given_up_[id] = given_up;
    tally_.saw("rows were given up as unknown");
    expect_equal(id + " unknown", found.unknown, given_up);
    expect_equal(id + " delivered", found.sum(), expected.sum());
    return;
  }
  expect_equal(id + " delivered", found, expected);
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
  std::uint64_t undecodable = 0;
  for (const auto& run : plan_.runs) {
    expected.insert(run.expected.refusals.begin(), run.expected.refusals.end());
    undecodable += run.expected.totals.undecodable;
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
  expect_equal("dead letters", std::uint64_t{letters.size()}, undecodable);
}

void Books::compare_lists(sandbox::Core& core) {
  for (const auto& run : plan_.runs) {
    std::set<Person> found;
    for (const auto& member : core.members(run.job.list_ids.front().value, kafka_.time().now())) {
      found.insert({member.email, member.first_name, member.last_name});
    }
    const auto missing = static_cast<std::uint64_t>(std::ranges::count_if(
        run.expected.on_list, [&found](const Person& person) { return !found.contains(person); }));
    const auto excused = given_up_.find(run.job.run_id.value);
    const bool known = excused != given_up_.end() && missing <= excused->second &&
                       found.size() + missing == run.expected.on_list.size();
    if (found != run.expected.on_list && !known) {
      complain("the list of " + run.job.run_id.value + ":" +
               text_of_difference(found, run.expected.on_list, name_of_person));
    }
  }
}

void Books::compare_limits(const sandbox::Counters& counters) {
  for (const auto& [client, most] : counters.max_in_sliding_second_by_client) {
    if (most > 4) complain(client + ": " + text(most) + " requests in a sliding second");
  }
  if (counters.max_body_bytes > 4'000'000) complain("a body of " + text(counters.max_body_bytes) + " bytes");
  expect_equal("rows lost", counters.rows_lost, std::uint64_t{0});
  expect_equal("spent refresh tokens", counters.spent_refresh_tokens, std::uint64_t{0});
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
      if (by_name) complain(run + ": tells of a duplicate that the vendor does not hold");
    }
  }
  if (repeats > 0) tally_.saw("a JSON import came twice");
  if (told > 0) tally_.saw("a possible duplicate was told");
  if (repeats > told) complain(text(repeats) + " JSON imports came twice, " + text(told) + " were told of");
}

}  // namespace simulation
