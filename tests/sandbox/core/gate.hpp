#pragma once

#include "sandbox/core/world.hpp"

namespace sandbox {

/// What is known of an API or token request before anything looks at it; for the books and the faults.
RequestLine describe(const World& world, const Request& request, Time now);

/// One request to `/v3/…`: the gate in its strict order (fact sheet 7.3), then the call itself.
Response api_call(World& world, const Request& request, Time now, RequestLine& line);

}  // namespace sandbox
