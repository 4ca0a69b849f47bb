#include "delivery/finisher.hpp"

#include <algorithm>
#include <string>
#include <utility>

#include "delivery/batch_packer.hpp"
#include "delivery/journal_record.hpp"
#include "delivery/run_records.hpp"

namespace delivery {
namespace asio = boost::asio;

asio::awaitable<void> Finisher::finish(RunHandle run) {
  const auto ranges = run->chain.ranges();
  for (const auto& reference : ranges) {
    const auto out_to = run->state.rejects_out_to;
    if (reference.rejects == 0 || (out_to && reference.last <= *out_to)) continue;
    if (!co_await publish_rejects(run, reference)) co_return;
  }
  auto announcement = announce_end(*run, context_.writer.now());
  const auto& completed = std::get<run::RunCompleted>(announcement.event.what);
  if (!completed.receipt.adds_up()) {
    context_.observer.alarm(context_.partition, Alarm::counts_do_not_add_up, "run " + run->instance().run_id.value);
  }
  const auto written = co_await context_.writer.write(std::move(announcement.records));
  if (!written) co_return;
  context_.tell(announcement.event);
  context_.book.finished(run->instance());
  context_.changed.notify();
}

asio::awaitable<bool> Finisher::publish_rejects(RunHandle run, run::RangeReference reference) {
  const auto range = co_await read(reference);
  if (!range) {
    if (range.error().next_step == NextStep::stop) co_return false;
    // The receipt holds their number all the same.
    context_.observer.alarm(context_.partition, Alarm::unreadable_record,
                            "outbox offset " + std::to_string(reference.outbox_offset));
    co_return true;
  }
  const auto opened = run->opening();
  auto out_to = std::max(reference.prev, run->state.rejects_out_to.value_or(reference.prev));
  for (auto next = range->rejects.begin(); next != range->rejects.end();) {
    JournalWriter::Unit unit;
    for (; next != range->rejects.end() && unit.size() < context_.settings.reject_chunk_records; ++next) {
      if (next->position <= out_to || next->position > reference.last) continue;
      run::RejectedMember member;
      member.instance = run->instance();
      member.position = next->position;
      if (next->segment && *next->segment < opened.job.segments.size()) {
        member.segment_id = opened.job.segments[*next->segment].id;
      }
      member.profile_id = next->profile_id;
      member.reason = next->reason;
      member.rule = next->rule;
      unit.push_back(to_rejects(member, opened.trace_parent));
      run->state.rejects_out_to = next->position;
    }
    if (unit.empty()) break;
    unit.push_back(to_journal(run->state));
    const auto written = co_await context_.writer.write(std::move(unit));
    if (!written) co_return false;
  }
  co_return true;
}

asio::awaitable<Result<run::DecidedRange>> Finisher::read(run::RangeReference reference) {
  for (;;) {
    auto range = co_await fetch_range(&context_.outbox, context_.partition, reference);
    if (range || range.error().next_step != NextStep::retry) co_return range;
    co_await context_.clock.sleep(context_.settings.step_pause);
  }
}

}  // namespace delivery
