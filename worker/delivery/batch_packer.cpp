#include "delivery/batch_packer.hpp"

#include <algorithm>
#include <stdexcept>
#include <utility>
#include <variant>

#include "wire/decided.hpp"

namespace delivery {
namespace asio = boost::asio;

asio::awaitable<Result<run::DecidedRange>> fetch_range(ClaimContext* context, run::RangeReference reference,
                                                       std::chrono::nanoseconds patience) {
  const auto give_up_at = context->clock.boot() + patience;
  auto record = co_await context->outbox.fetch(context->partition, reference.outbox_offset);
  while (!record && record.error().next_step == NextStep::retry && context->clock.boot() < give_up_at) {
    co_await context->clock.sleep(context->settings.step_pause);
    record = co_await context->outbox.fetch(context->partition, reference.outbox_offset);
  }
  if (!record) co_return record.error();
  if (record->value) {
    auto decided = wire::decode_decided(*record->value);
    if (decided && std::holds_alternative<run::DecidedRange>(*decided)) {
      co_return std::get<run::DecidedRange>(std::move(*decided));
    }
  }
  Error gone{NextStep::park, run::Reason::outbox_gap, "a record of the outbox is not what was indexed", {}};
  co_return gone;
}

asio::awaitable<Result<PackedBatch>> BatchPacker::pack(Cut cut) {
  PackedBatch batch;
  cut.encoder->begin(cut.sheet, batch.body);
  std::string frame_end;
  cut.encoder->end(frame_end);
  const auto& limits = context_.settings.packing;
  run::Packer packer{limits, batch.body.size() + frame_end.size()};

  for (const auto& reference : cut.ranges) {
    if (batch.full) break;
    const auto after = cut.after ? std::max(*cut.after, reference.prev) : reference.prev;
    if (reference.rows == 0 || reference.last <= after) continue;
    if (cut.up_to && reference.first > *cut.up_to) break;
    const auto range = co_await fetch_range(&context_, reference, context_.settings.retry_budget);
    if (!range) co_return range.error();
    for (const auto& row : range->rows) {
      if (row.position <= after) continue;
      if (row.position > reference.last || (cut.up_to && row.position > *cut.up_to)) break;
      const auto before = batch.body.size();
      cut.encoder->row(cut.sheet, row.email, row.values, batch.body);
      const auto fits = packer.offer(row.position, batch.body.size() - before);
      if (fits == run::Packer::Fits::yes) continue;
      if (fits == run::Packer::Fits::never) throw std::logic_error("a row is larger than a batch");
      batch.body.resize(before);
      batch.full = true;
      break;
    }
  }
  batch.body += frame_end;
  batch.first = packer.first();
  batch.last = packer.last();
  batch.rows = packer.rows();
  batch.full = batch.full || batch.rows >= limits.max_rows;
  co_return batch;
}

}  // namespace delivery
