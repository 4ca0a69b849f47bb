#include <algorithm>

#include "fuzz/property.hpp"
#include "wire/decided.hpp"

namespace {

using fuzz::require;
using wire::DecidedLink;

const auto encode_any = [](const run::Decided& decided) {
  return std::visit([](const auto& kind) { return wire::encode(kind); }, decided);
};

void require_link_of(const run::RunOpened& opened, const DecidedLink& link) {
  require(link.kind == DecidedLink::Kind::opened, "a link has the kind of its record");
  require(link.last == opened.position(), "an opening lies at its job");
}

void require_link_of(const run::DecidedRange& range, const DecidedLink& link) {
  require(link.kind == DecidedLink::Kind::range, "a link has the kind of its record");
  require(link.prev == range.prev && link.first == range.first && link.last == range.last, "a link has its positions");
  require(link.rows == range.rows.size() && link.rejects == range.rejects.size(), "a link counts rows and rejects");
}

void require_link_of(const run::RunSealed& sealed, const DecidedLink& link) {
  require(link.kind == DecidedLink::Kind::sealed, "a link has the kind of its record");
  require(link.prev == sealed.prev, "a link has its positions");
}

void require_writer_agrees(const run::DecidedRange& range) {
  wire::RangeWriter writer{range.instance, range.prev, range.first, range.rule_set};
  for (const auto& row : range.rows) {
    auto email = contact::EmailAddress::parse(row.email);
    // The writer takes only what intake decided, so addresses in their canonical form.
    if (!email || email->text() != row.email) return;
    writer.add_row(row.position, {.email = std::move(*email), .values = row.values});
  }
  for (const auto& reject : range.rejects) {
    // The same: protozero leaves out a message without content, and what is rejected has a reason.
    if (reject.reason == run::Reason::none) return;
    writer.add_reject(reject);
  }
  const std::size_t bytes = writer.bytes();
  const std::string record = writer.finish(range.last);
  require(record == wire::encode(range), "the writer writes what encode writes");
  if (range.rule_set.empty() || range.last.offset < 0) return;
  require(record.size() <= bytes && bytes <= record.size() + 20, "the writer knows how long its record becomes");
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const auto payload = fuzz::text(data, size);
  fuzz::require_round_trip(payload, wire::decode_decided, encode_any);
  const auto link = wire::decode_link(payload);
  const auto decided = wire::decode_decided(payload);
  // The reader of links does not look into rows, so it may take what the other refuses.
  if (!decided) return 0;
  require(link.has_value(), "a decided record is a link");
  std::visit(
      [&link](const auto& kind) {
        require(link->instance == kind.instance && link->rule_set == kind.rule_set, "a link names run and rules");
        require_link_of(kind, *link);
      },
      *decided);
  if (const auto* range = std::get_if<run::DecidedRange>(&*decided)) require_writer_agrees(*range);
  return 0;
}
