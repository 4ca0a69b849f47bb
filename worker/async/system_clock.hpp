#pragma once

#include <boost/asio/any_io_executor.hpp>

#include "async/clock.hpp"

namespace async {

/// The machine's time: CLOCK_REALTIME for now(), CLOCK_BOOTTIME for boot().
///
/// Threads: now() and boot() any, sleep() those of the executor. A sleep stands still while the machine is suspended;
/// who cares looks at boot() afterwards.
class SystemClock : public Clock {
 public:
  explicit SystemClock(boost::asio::any_io_executor executor);

  UtcTime now() const override;
  BootTime boot() const override;
  boost::asio::awaitable<void> sleep(std::chrono::nanoseconds duration) override;

 private:
  boost::asio::any_io_executor executor_;
};

}  // namespace async
