#pragma once

#include <chrono>
#include <string>
#include <string_view>

#include "run/position.hpp"

namespace wire {

/// `<run id>/<partition>/<job offset>`; unambiguous, since the last two are numbers.
std::string instance_key(const run::RunInstance& instance);

/// A part of a key with several free parts: `/` and `%` become `%2F` and `%25`, or two records could share a key.
std::string key_part(std::string_view text);

/// yyyy-mm-dd
std::string date(std::chrono::sys_days day);

}  // namespace wire
