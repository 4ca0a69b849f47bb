#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "async/clock.hpp"
#include "delivery/batch.hpp"
#include "delivery/run_chain.hpp"
#include "run/journal.hpp"

namespace delivery {

/// What a preflight found out for a run.
struct Clearance {
  run::AccountId account;
  run::GrantId grant;
  std::vector<std::string> columns;  ///< Of the mapped fields, as an import calls them.
  std::int64_t connection_record = -1;
  async::BootTime good_until{};
};

/// Why a run is left alone for a while, and until when; what frees it may come earlier.
struct Park {
  run::Reason reason = run::Reason::none;
  std::string detail;
  run::UtcTime until{};
  std::chrono::nanoseconds pause{};     ///< The last one; the next is longer.
  std::int64_t connection_record = -1;  ///< A newer record of the connection frees the run.
  std::optional<std::uint64_t> generation{};
};

/// Why it is not known what became of a run's open batches, and when the vendor is asked again.
struct Unanswered {
  run::ReasonNote reason;
  run::UtcTime next_look{};
};

/// A run that is not finished: outbox, journal and what this claim is doing about it.
struct Run {
  explicit Run(run::RunInstance instance) : chain{std::move(instance)} {}

  RunChain chain;
  run::RunState state;
  std::vector<Batch> batches;      ///< In their order.
  std::int64_t first_offset = -1;  ///< In the outbox, of the run's first record.
  std::optional<run::UtcTime> waiting_since{};

  std::optional<Clearance> clearance;
  std::optional<Park> park;
  std::optional<Unanswered> unanswered;
  bool preflighting = false;
  bool packing = false;  ///< The next batch is being cut: one at a time, since it begins where the last one ends.
  bool publishing_rejects = false;
  bool rejects_published = false;
  bool finishing = false;

  const run::RunInstance& instance() const { return chain.instance(); }
  /// As the outbox told it; what the journal knows where the outbox holds it no more.
  run::RunOpened opening() const;
  std::size_t open_batches() const;
  std::uint64_t rows_in_batches() const;
  std::uint64_t rows_sent() const;
  std::uint64_t rows_ended() const;
  bool has_unresolved() const;
  const Batch* absent() const;
  Batch* find(const run::BatchId& id);
  std::optional<run::Position> last_in_batches() const;
};
using RunHandle = std::shared_ptr<Run>;  ///< A task keeps the run that it works on.

/// All runs of a partition: the unfinished ones, and of the finished ones what tells a repeat.
class RunBook {
 public:
  RunHandle find(const run::RunInstance& instance) const;
  RunHandle open(const run::RunInstance& instance, std::int64_t first_offset);
  void restore(RunHandle run);
  /// What its opening says of the run is in its state now.
  void opened(const RunHandle& run);
  void restore_finished(run::RunState state);
  void finished(const run::RunInstance& instance);

  bool is_finished(const run::RunInstance& instance) const { return finished_.contains(instance); }
  /// The first other instance of the run id, if there is one. One whose opening has not been read is not known: records
  /// of it alone must not make a repeat of the run that came before it.
  std::optional<run::RunInstance> other_instance(const run::RunInstance& instance) const;

  using Runs = std::map<run::RunInstance, RunHandle>;
  const Runs& unfinished() const { return unfinished_; }
  /// The same, of one export of an application.
  const Runs& unfinished_of(const run::ApplicationId& application, const run::ExportId& export_id) const;
  const std::map<run::RunInstance, run::RunState>& finished_runs() const { return finished_; }
  void forget_finished(const run::RunInstance& instance) { finished_.erase(instance); }

  /// Lowest outbox offset that is still needed; none where nothing is.
  std::optional<std::int64_t> lowest_needed() const;

 private:
  Runs unfinished_;
  std::map<std::pair<run::ApplicationId, run::ExportId>, Runs> of_export_;
  std::map<run::RunInstance, run::RunState> finished_;
};

}  // namespace delivery
