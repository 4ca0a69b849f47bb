#pragma once

#include <string>
#include <string_view>

#include "run/journal.hpp"
#include "wire/unreadable.hpp"

namespace wire {

Result<run::JournalRecord> decode_journal(std::string_view payload);
std::string encode(const run::JournalRecord& record);

/// Key of a record in the compacted journal: `run/<run id>/<partition>/<job offset>` and so on.
std::string key_of(const run::JournalRecord& record);

}  // namespace wire
