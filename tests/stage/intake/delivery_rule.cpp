#include "stage/intake/delivery_rule.hpp"

#include "wire/decided.hpp"
#include "wire/result.hpp"

namespace intake::test {
namespace {

std::string text(run::Position position) {
  return std::to_string(position.offset) + "." + std::to_string(position.index);
}

std::string text(const run::DecidedRow& row) {
  std::string all = "row " + row.email;
  for (const auto& value : row.values) all += "|" + value;
  return all;
}

std::string text(const run::Reject& reject) {
  return "reject " + std::to_string(static_cast<int>(reject.reason)) + "|" + reject.rule + "|" + reject.profile_id +
         "|" + (reject.segment ? std::to_string(*reject.segment) : "-");
}

class Reader {
 public:
  void read(const support::OutboxRecord& record) {
    if (std::holds_alternative<ToRejects>(record.to)) {
      const auto letter = std::get<run::DeadLetter>(wire::decode_reject(record.value).value());
      seen_.dead.emplace(letter.offset, letter.cause);
      return;
    }
    if (!std::holds_alternative<ToOutbox>(record.to)) return;
    if (record.value.size() >= 900'000) fault("a record is too large");
    std::visit([this](const auto& link) { take(link, seen_.runs[link.instance]); },
               wire::decode_decided(record.value).value());
  }

  Delivered take_all() {
    for (const auto& [instance, run] : seen_.runs) {
      if (!run.opened) fault(instance.run_id.value + " was never opened");
      if (run.sealed && run.mark != run.sealed->prev) fault(instance.run_id.value + " has a gap before its seal");
    }
    return std::move(seen_);
  }

 private:
  void fault(std::string what) { seen_.faults.push_back(std::move(what)); }

  void take(const run::RunOpened& opened, DeliveredRun& run) {
    if (run.opened) return;
    run.opened = opened;
    run.mark = opened.position();
  }

  void take(const run::DecidedRange& range, DeliveredRun& run) {
    if (run.mark && range.last <= *run.mark) return;
    if (!run.mark || range.prev > *run.mark) {
      return fault("a range from " + text(range.first) + " follows " + text(range.prev) + ", which was not seen");
    }
    for (const auto& row : range.rows) add(row, run);
    for (const auto& reject : range.rejects) add(reject, run);
    run.mark = range.last;
  }

  void take(const run::RunSealed& sealed, DeliveredRun& run) {
    if (run.sealed) return;
    if (run.mark != sealed.prev) fault("the seal at " + text(sealed.at) + " does not meet the mark");
    run.sealed = sealed;
  }

  template <class Item>
  void add(const Item& item, DeliveredRun& run) {
    if (item.position <= *run.mark) return;
    if (!run.decisions.emplace(item.position, text(item)).second) fault("decided twice: " + text(item.position));
  }

  Delivered seen_;
};

}  // namespace

Delivered deliver(const std::vector<support::OutboxRecord>& outbox) {
  Reader reader;
  for (const auto& record : outbox) reader.read(record);
  return reader.take_all();
}

}  // namespace intake::test
