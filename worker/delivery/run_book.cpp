#include "delivery/run_book.hpp"

#include <algorithm>
#include <limits>
#include <utility>

namespace delivery {

run::RunOpened Run::opening() const {
  if (chain.opened()) return *chain.opened();
  run::RunOpened opened;
  opened.instance = instance();
  opened.job.run_id = instance().run_id;
  opened.job.export_id = state.export_id;
  opened.job.connection_id = state.connection_id;
  opened.job.application = state.application;
  opened.job.redrive_of = state.redrive_of;
  opened.job_at = state.job_at;
  return opened;
}

std::size_t Run::open_batches() const {
  return static_cast<std::size_t>(
      std::count_if(batches.begin(), batches.end(), [](const Batch& batch) { return batch.is_open(); }));
}

std::uint64_t Run::rows_in_batches() const {
  std::uint64_t rows = 0;
  for (const auto& batch : batches) {
    if (batch.state.phase != run::BatchPhase::replaced) rows += batch.state.rows;
  }
  return rows;
}

std::uint64_t Run::rows_sent() const {
  std::uint64_t rows = 0;
  for (const auto& batch : batches) {
    const auto phase = batch.state.phase;
    if (phase == run::BatchPhase::submitted || phase == run::BatchPhase::ended) rows += batch.state.rows;
  }
  return rows;
}

std::uint64_t Run::rows_ended() const {
  std::uint64_t rows = 0;
  for (const auto& batch : batches) {
    const auto phase = batch.state.phase;
    if (phase == run::BatchPhase::ended || phase == run::BatchPhase::refused) rows += batch.state.rows;
  }
  return rows;
}

bool Run::has_unresolved() const {
  return std::any_of(batches.begin(), batches.end(), [](const Batch& batch) { return batch.is_unresolved(); });
}

const Batch* Run::absent() const {
  const auto found = std::find_if(batches.begin(), batches.end(),
                                  [](const Batch& batch) { return batch.state.phase == run::BatchPhase::absent; });
  return found == batches.end() ? nullptr : &*found;
}

Batch* Run::find(const run::BatchId& id) {
  const auto found =
      std::find_if(batches.begin(), batches.end(), [&](const Batch& batch) { return batch.state.batch_id == id; });
  return found == batches.end() ? nullptr : &*found;
}

std::optional<run::Position> Run::last_in_batches() const {
  std::optional<run::Position> last;
  for (const auto& batch : batches) last = std::max(last.value_or(batch.state.last), batch.state.last);
  return last;
}

RunHandle RunBook::find(const run::RunInstance& instance) const {
  const auto found = unfinished_.find(instance);
  return found == unfinished_.end() ? nullptr : found->second;
}

RunHandle RunBook::open(const run::RunInstance& instance, std::int64_t first_offset) {
  auto run = std::make_shared<Run>(instance);
  run->first_offset = first_offset;
  run->state.instance = instance;
  unfinished_.emplace(instance, run);
  return run;
}

void RunBook::restore(RunHandle run) {
  unfinished_.insert_or_assign(run->instance(), run);
  opened(run);
}

void RunBook::opened(const RunHandle& run) {
  of_export_[{run->state.application, run->state.export_id}].insert_or_assign(run->instance(), run);
}

const RunBook::Runs& RunBook::unfinished_of(const run::ApplicationId& application,
                                            const run::ExportId& export_id) const {
  static const Runs none;
  const auto found = of_export_.find({application, export_id});
  return found == of_export_.end() ? none : found->second;
}

void RunBook::restore_finished(run::RunState state) {
  auto instance = state.instance;
  finished_.insert_or_assign(std::move(instance), std::move(state));
}

void RunBook::finished(const run::RunInstance& instance) {
  const auto found = unfinished_.find(instance);
  if (found == unfinished_.end()) return;
  const auto& state = found->second->state;
  if (const auto runs = of_export_.find({state.application, state.export_id}); runs != of_export_.end()) {
    runs->second.erase(instance);
    if (runs->second.empty()) of_export_.erase(runs);
  }
  finished_.insert_or_assign(instance, state);
  unfinished_.erase(found);
}

std::optional<run::RunInstance> RunBook::other_instance(const run::RunInstance& instance) const {
  const run::RunInstance lowest{instance.run_id, std::numeric_limits<std::int32_t>::min(),
                                std::numeric_limits<std::int64_t>::min()};
  std::optional<run::RunInstance> first;
  const auto look = [&](const auto& runs, const auto& is_known) {
    for (auto entry = runs.lower_bound(lowest); entry != runs.end() && entry->first.run_id == instance.run_id;
         ++entry) {
      if (entry->first == instance || !is_known(entry->second)) continue;
      if (!first || entry->first < *first) first = entry->first;
    }
  };
  look(unfinished_, [](const RunHandle& run) { return run->state.sequence > 0; });
  look(finished_, [](const run::RunState&) { return true; });
  return first;
}

std::optional<std::int64_t> RunBook::lowest_needed() const {
  std::optional<std::int64_t> lowest;
  for (const auto& [instance, run] : unfinished_) {
    if (run->state.index || run->first_offset < 0) continue;
    lowest = std::min(lowest.value_or(run->first_offset), run->first_offset);
  }
  return lowest;
}

}  // namespace delivery
