#pragma once

#include <stdexcept>

#include "async/clock.hpp"

namespace support {

/// Time for a stage that only looks at it; the test moves it on.
class IntakeClock : public async::Clock {
 public:
  async::UtcTime now() const override { return start + std::chrono::duration_cast<std::chrono::milliseconds>(passed); }
  async::BootTime boot() const override { return async::BootTime{std::chrono::hours{1} + passed}; }
  boost::asio::awaitable<void> sleep(std::chrono::nanoseconds /*duration*/) override {
    throw std::logic_error{"intake never sleeps"};
  }

  async::UtcTime start{std::chrono::sys_days{std::chrono::year{2026} / 3 / 1}};
  std::chrono::nanoseconds passed{};
};

}  // namespace support
