#include "delivery/partition_index.hpp"

#include <memory>
#include <string>
#include <utility>

#include "delivery/run_records.hpp"

namespace delivery {
namespace asio = boost::asio;
namespace {

/// Openings that may wait for their journal records before reading pauses.
constexpr std::size_t most_waiting = 1'000;

}  // namespace

PartitionIndex::PartitionIndex(ClaimContext& context, std::int64_t from, std::int64_t known_end)
    : context_{context}, next_{from}, known_end_{known_end} {}

asio::awaitable<PartitionIndex::Ended> PartitionIndex::run() {
  auto cursor = context_.outbox.follow(context_.partition, next_);
  unsigned failures = 0;
  for (;;) {
    const auto record = co_await cursor->next();
    if (!record) {
      // The first failure may be over by the next try; of those that follow one alarm says enough.
      if (++failures == 2)
        context_.observer.alarm(context_.partition, Alarm::outbox_unavailable, record.error().detail);
      co_await context_.clock.sleep(context_.settings.step_pause);
      cursor = context_.outbox.follow(context_.partition, next_);
      continue;
    }
    failures = 0;
    if (record->offset < next_) continue;
    if (!take(*record)) {
      const auto where = "outbox offset " + std::to_string(record->offset);
      context_.observer.alarm(context_.partition, Alarm::unreadable_record, where);
      co_return Ended::unreadable;
    }
    next_ = record->offset + 1;
    context_.observer.indexed(context_.partition, record->offset);
    context_.changed.notify();
    if (context_.writer.waiting() >= most_waiting) {
      const auto written = co_await context_.writer.flush();
      if (!written) co_return Ended::claim_over;
    }
  }
}

bool PartitionIndex::take(const LogRecord& record) {
  if (!record.value) return false;
  const auto link = wire::decode_link(*record.value);
  if (!link) return false;
  if (context_.book.is_finished(link->instance)) return true;
  switch (link->kind) {
    case wire::DecidedLink::Kind::opened: {
      auto decided = wire::decode_decided(*record.value);
      auto* opened = decided ? std::get_if<run::RunOpened>(&*decided) : nullptr;
      if (opened == nullptr) return false;
      take_opened(std::move(*opened), record);
      return true;
    }
    case wire::DecidedLink::Kind::range:
      run_of(link->instance, record)->chain.add_range(*link, record.offset, *record.value);
      return true;
    case wire::DecidedLink::Kind::sealed: {
      auto decided = wire::decode_decided(*record.value);
      auto* sealed = decided ? std::get_if<run::RunSealed>(&*decided) : nullptr;
      if (sealed == nullptr) return false;
      run_of(link->instance, record)->chain.add_sealed(std::move(*sealed));
      return true;
    }
  }
  return false;
}

RunHandle PartitionIndex::run_of(const run::RunInstance& instance, const LogRecord& record) {
  auto run = context_.book.find(instance);
  if (!run) {
    run = context_.book.open(instance, record.offset);
    // Where the opening is missing this is the run's only deadline.
    run->state.deadline = record.appended_at + context_.settings.run_deadline;
  }
  if (run->first_offset < 0 || record.offset < run->first_offset) run->first_offset = record.offset;
  return run;
}

void PartitionIndex::take_opened(run::RunOpened opened, const LogRecord& record) {
  const auto run = run_of(opened.instance, record);
  if (run->chain.add_opened(std::move(opened), record.offset) != RunChain::Took::accepted) return;
  // A numbered state came from the journal: this life only reads the opening again.
  if (run->state.sequence == 0) begin(run, record);
}

void PartitionIndex::begin(const RunHandle& handle, const LogRecord& record) {
  auto& run = *handle;
  const auto& opened = *run.chain.opened();
  const auto& settings = context_.settings;
  const auto other = context_.book.other_instance(run.instance());
  run.state =
      first_state(opened, record.offset,
                  deadline_of(record.appended_at, opened.job_at, settings.run_deadline, settings.input_retention));
  context_.book.opened(handle);
  auto status = run::RunStatus::not_started;
  run::ReasonNote reason{run::Reason::waiting_for_members, {}};
  if (record.key == unrouted_key) {
    status = run::RunStatus::failed;
    reason = {run::Reason::unknown_application, "no application is configured under the job's name"};
  } else if (other) {
    status = run::RunStatus::skipped;
    reason = {run::Reason::repeated_run, "the run id was used before"};
    run.state.refers_to = other;
  } else if (const auto newer = context_.order.superseded_by(run.state)) {
    status = run::RunStatus::skipped;
    reason = {run::Reason::superseded, "a newer run of the export was sent"};
    run.state.refers_to = newer;
  }
  run.state.stopping = run::is_final(status);
  auto announcement = announce(run, status, std::move(reason), context_.writer.now());
  context_.writer.add(std::move(announcement.records));
  context_.tell(announcement.event);
}

}  // namespace delivery
