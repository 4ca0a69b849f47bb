#include "delivery/journal_record.hpp"

#include "wire/journal.hpp"

namespace delivery {

Outgoing to_journal(const run::JournalRecord& record) {
  return {Outgoing::To::journal, wire::key_of(record), wire::encode(record), {}};
}

Outgoing out_of_journal(const run::JournalRecord& record) {
  return {Outgoing::To::journal, wire::key_of(record), std::nullopt, {}};
}

}  // namespace delivery
