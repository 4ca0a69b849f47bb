#pragma once

#include <chrono>

namespace run {

/// Milliseconds since the Unix epoch, as Kafka's time stamps are.
using UtcTime = std::chrono::sys_time<std::chrono::milliseconds>;

}  // namespace run
