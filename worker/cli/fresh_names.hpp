#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "run/ids.hpp"
#include "run/time.hpp"

namespace cli {

/// Ordered by time and never drawn twice: "run-20261125T021500Z-4f2a9c01".
run::RunId fresh_run_id(run::UtcTime now, std::uint64_t random_bits);

/// Of an export that nobody named: the same people are sent to the same place again under the same id, so that runs of
/// it keep their order. The order of the lists does not matter.
run::ExportId default_export_id(const run::ConnectionId& connection, std::vector<run::ListId> lists);

/// Of a new sign-in: 32 hexadecimal digits.
run::GrantId fresh_grant_id(std::uint64_t high, std::uint64_t low);

}  // namespace cli
