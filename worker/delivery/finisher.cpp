#include "delivery/finisher.hpp"

#include <algorithm>
#include <string>
#include <utility>

#include "delivery/batch_packer.hpp"
#include "delivery/journal_record.hpp"
#include "delivery/run_records.hpp"

namespace delivery {
namespace asio = boost::asio;

asio::awaitable<void> Finisher::publish_ahead(RunHandle run) {
  run->rejects_published = co_await publish_rejects(run);
  run->publishing_rejects = false;
  context_.changed.notify();
}

asio::awaitable<void> Finisher::finish(RunHandle run) {
  if (!run->rejects_published && !co_await publish_rejects(run)) co_return;
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

asio::awaitable<bool> Finisher::publish_rejects(RunHandle run) {
  const auto opened = run->opening();
  const auto ranges = run->chain.ranges();
  auto chunk = std::make_shared<Chunk>();
  for (const auto& reference : ranges) {
    const auto out_to = std::max(reference.prev, run->state.rejects_out_to.value_or(reference.prev));
    if (reference.rejects == 0 || reference.last <= out_to) continue;
    const auto range = co_await fetch_range(&context_, reference, std::chrono::nanoseconds::max() / 2);
    if (!range) {
      if (range.error().next_step == NextStep::stop) co_return false;
      // The receipt holds their number all the same.
      context_.observer.alarm(context_.partition, Alarm::unreadable_record,
                              "outbox offset " + std::to_string(reference.outbox_offset));
      continue;
    }
    for (const auto& reject : range->rejects) {
      if (reject.position <= out_to || reject.position > reference.last) continue;
      add(*chunk, opened, reject);
      if (!is_full(*chunk)) continue;
      if (!co_await write(run, chunk)) co_return false;
    }
  }
  co_return chunk->unit.empty() || co_await write(run, chunk);
}

void Finisher::add(Chunk& chunk, const run::RunOpened& opened, const run::Reject& reject) {
  run::RejectedMember member;
  member.instance = opened.instance;
  member.position = reject.position;
  if (reject.segment && *reject.segment < opened.job.segments.size()) {
    member.segment_id = opened.job.segments[*reject.segment].id;
  }
  member.profile_id = reject.profile_id;
  member.reason = reject.reason;
  member.rule = reject.rule;
  chunk.unit.push_back(to_rejects(member, opened.trace_parent));
  const auto& record = chunk.unit.back();
  chunk.bytes += record.key.size() + record.value->size() + record.trace_parent.size();
  chunk.up_to = reject.position;
}

bool Finisher::is_full(const Chunk& chunk) const {
  // With room for what the transaction holds beside.
  return chunk.unit.size() >= context_.settings.reject_chunk_records ||
         chunk.bytes >= context_.settings.transaction_bytes * 9 / 10;
}

asio::awaitable<bool> Finisher::write(RunHandle run, std::shared_ptr<Chunk> chunk) {
  run->state.rejects_out_to = chunk->up_to;
  auto unit = std::exchange(chunk->unit, {});
  chunk->bytes = 0;
  unit.push_back(to_journal(run->state));
  const auto written = co_await context_.writer.write(std::move(unit));
  co_return written.has_value();
}

}  // namespace delivery
