#pragma once

#include <chrono>
#include <compare>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <map>

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/awaitable.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/steady_timer.hpp>

#include "async/clock.hpp"
#include "support/seeded_random.hpp"

namespace support {

/// Wakes every coroutine that waits; each then looks for itself. Cancelling: operation_aborted.
class Bell {
 public:
  explicit Bell(const boost::asio::any_io_executor& executor)
      : never_{executor, boost::asio::steady_timer::time_point::max()} {}

  void ring() { never_.cancel(); }
  boost::asio::awaitable<void> wait();

 private:
  boost::asio::steady_timer never_;
};

/// The one line of time of a simulated world: runs its loop until nothing is left to do, then jumps to the next event.
///
/// Events that are due at the same moment come in an order that the seed decides. Must outlive all that sleeps on it.
class VirtualTime {
 public:
  static constexpr async::UtcTime default_start{std::chrono::sys_days{std::chrono::year{2026} / 3 / 1} +
                                                std::chrono::hours{9}};

  explicit VirtualTime(std::uint64_t seed = 1, async::UtcTime start = default_start);
  VirtualTime(const VirtualTime&) = delete;
  VirtualTime& operator=(const VirtualTime&) = delete;
  ~VirtualTime() { abandon(); }

  boost::asio::io_context& loop() { return loop_; }

  async::UtcTime now() const;
  std::chrono::nanoseconds elapsed() const { return elapsed_; }

  /// Names an event that has not come yet.
  struct EventId {
    std::chrono::nanoseconds due{};
    std::uint64_t tie = 0;
    std::uint64_t number = 0;
    auto operator<=>(const EventId&) const = default;
  };
  EventId after(std::chrono::nanoseconds delay, std::function<void()> action);
  void cancel(const EventId& event) { events_.erase(event); }

  /// Cancelling: operation_aborted.
  boost::asio::awaitable<void> sleep(std::chrono::nanoseconds duration);

  /// Lets time go on until `done`, looked at between any two steps, but at most for `longest`. False: it was not.
  bool run_until(const std::function<bool()>& done, std::chrono::nanoseconds longest);
  /// Lets so much time go by.
  void run_for(std::chrono::nanoseconds duration);
  /// Does what can be done without time going on.
  void settle();

  /// Destroys all that still waits, and nothing happens any more: the end of a world in which something is frozen or on
  /// its way. What that refers to must still live.
  void abandon();

 private:
  std::map<EventId, std::function<void()>> events_;
  SeededRandom random_;
  async::UtcTime start_;
  std::chrono::nanoseconds elapsed_{};
  std::uint64_t numbered_ = 0;
  bool abandoned_ = false;
  class Loop : public boost::asio::io_context {
   public:
    using io_context::io_context;
    void abandon() { shutdown(); }
  };
  Loop loop_;  // The first to go: what it destroys may still cancel events.
};

/// What one simulated process takes for the time.
class VirtualClock : public async::Clock {
 public:
  /// `ahead`: of the true time; the clock of the boot is another one and differs anyway.
  explicit VirtualClock(VirtualTime& time, std::chrono::milliseconds ahead = {}) : time_{time}, ahead_{ahead} {}

  /// As a person or a time server sets it; the clock of the boot stays.
  void set_ahead(std::chrono::milliseconds ahead) { ahead_ = ahead; }

  async::UtcTime now() const override { return time_.now() + ahead_; }
  async::BootTime boot() const override { return async::BootTime{std::chrono::hours{1} + time_.elapsed()}; }
  boost::asio::awaitable<void> sleep(std::chrono::nanoseconds duration) override { return time_.sleep(duration); }

 protected:
  VirtualTime& time() { return time_; }

 private:
  VirtualTime& time_;
  std::chrono::milliseconds ahead_;
};

}  // namespace support
