#pragma once

#include <cstdint>
#include <string_view>

#include "delivery/error.hpp"
#include "delivery/token_api.hpp"
#include "http/transport.hpp"

namespace constant_contact {

/// Whether the vendor may have done something that must not be done twice.
enum class Effect : std::uint8_t { none, starts_import };

/// What an answer other than 2xx means (fact sheet, sections 4.1 and 4.2).
delivery::Error error_of(unsigned status, std::string_view body, Effect effect);

/// What a call means that got no whole answer.
delivery::Error error_of(const http::Failure& failure, Effect effect);

/// What a 2xx means whose body is not what was asked for.
delivery::Error unreadable(Effect effect);

/// What an answer of the token host means that holds no token (fact sheet, section 2.5).
delivery::TokenRefusal refusal_of(unsigned status, std::string_view body);
delivery::TokenRefusal refusal_of(const http::Failure& failure);

}  // namespace constant_contact
