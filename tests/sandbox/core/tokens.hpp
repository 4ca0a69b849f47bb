#pragma once

#include <string_view>

#include "sandbox/core/http.hpp"
#include "sandbox/core/world.hpp"

namespace sandbox {

/// `POST /oauth2/default/v1/token`. `line` gets the client and the account that the call turned out to be about.
Response token_call(World& world, const Request& request, Time now, RequestLine& line);

/// Issues an access token of the grant.
std::string issue_access_token(World& world, std::size_t grant, Time now);

}  // namespace sandbox
