#include "async/system_clock.hpp"

#include <ctime>
#include <utility>

#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>

namespace async {

SystemClock::SystemClock(boost::asio::any_io_executor executor) : executor_{std::move(executor)} {}

UtcTime SystemClock::now() const {
  return std::chrono::floor<std::chrono::milliseconds>(std::chrono::system_clock::now());
}

BootTime SystemClock::boot() const {
  timespec time{};
  ::clock_gettime(CLOCK_BOOTTIME, &time);
  return BootTime{std::chrono::seconds{time.tv_sec} + std::chrono::nanoseconds{time.tv_nsec}};
}

boost::asio::awaitable<void> SystemClock::sleep(std::chrono::nanoseconds duration) {
  boost::asio::steady_timer timer{executor_, duration};
  co_await timer.async_wait(boost::asio::use_awaitable);
}

}  // namespace async
