#pragma once

#include <string>
#include <string_view>

#include "run/token.hpp"
#include "wire/unreadable.hpp"

namespace wire {

Result<run::StoredToken> decode_token(std::string_view payload);
std::string encode(const run::StoredToken& token);

/// Key of a record in `export-credentials`, and the associated data of what it seals.
std::string key_of(const run::TokenName& name);

Result<run::TokenSecret> decode_secret(std::string_view plaintext);
std::string encode(const run::TokenSecret& secret);

}  // namespace wire
