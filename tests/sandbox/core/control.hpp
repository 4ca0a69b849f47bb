#pragma once

#include <string_view>
#include <vector>

#include "sandbox/core/core.hpp"
#include "sandbox/core/world.hpp"

namespace sandbox {

/// The control routes for tests, `/__sandbox/…`.
///
/// POST reset: forgets all. POST seed, knobs, faults: JSON, 400 with the mistake as text. GET knobs: all of them.
/// POST clock `{"advance_s": N}` or `{"advance_ms": N}`: moves the clock on. GET clock: where it is.
/// GET lists/{id}/members?limit=1..100000&offset=N (10,000 where the query names none): an array; the header
/// X-Total-Count says how many there are. GET requests: JSON lines, oldest first; `?after=N` leaves out the first N.
/// GET counters. GET activities: all of them, as the API shows them.
Response control_call(World& world, const Request& request, Time now);

void reset(World& world);
std::vector<Member> members(World& world, std::string_view list_id, std::size_t first, std::size_t limit);
std::size_t member_count(World& world, std::string_view list_id);

}  // namespace sandbox
