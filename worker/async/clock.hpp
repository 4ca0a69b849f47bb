#pragma once

#include <chrono>

#include <boost/asio/awaitable.hpp>

namespace async {

/// Milliseconds since the Unix epoch, as Kafka's time stamps are.
using UtcTime = std::chrono::sys_time<std::chrono::milliseconds>;

/// Marks points on CLOCK_BOOTTIME, which goes on while the machine or the process is suspended.
struct BootClock {
  using duration = std::chrono::nanoseconds;
  using rep = duration::rep;
  using period = duration::period;
  using time_point = std::chrono::time_point<BootClock>;
  static constexpr bool is_steady = true;
};
using BootTime = BootClock::time_point;

/// Time as the stages see it; nothing in them reads a clock of its own.
///
/// Real: async::SystemClock. Fake: tests/support/manual_clock.hpp. Threads: the loop it was made for.
class Clock {
 public:
  virtual ~Clock() = default;

  virtual UtcTime now() const = 0;
  virtual BootTime boot() const = 0;

  /// Cancelling: throws system_error(operation_aborted).
  virtual boost::asio::awaitable<void> sleep(std::chrono::nanoseconds duration) = 0;
};

}  // namespace async
