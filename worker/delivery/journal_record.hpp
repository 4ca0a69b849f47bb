#pragma once

#include "delivery/log.hpp"
#include "run/journal.hpp"

namespace delivery {

Outgoing to_journal(const run::JournalRecord& record);

/// Takes the record's key out of the journal.
Outgoing out_of_journal(const run::JournalRecord& record);

}  // namespace delivery
