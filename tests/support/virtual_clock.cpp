#include "support/virtual_clock.hpp"

#include <algorithm>
#include <utility>

#include <boost/asio/redirect_error.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/system/system_error.hpp>

namespace support {
namespace asio = boost::asio;
namespace {

/// An event that is forgotten with the coroutine that waits for it.
class Appointment {
 public:
  Appointment(VirtualTime& time, std::chrono::nanoseconds delay, std::function<void()> action)
      : time_{time}, event_{time.after(delay, std::move(action))} {}
  Appointment(const Appointment&) = delete;
  Appointment& operator=(const Appointment&) = delete;
  ~Appointment() { time_.cancel(event_); }

 private:
  VirtualTime& time_;
  VirtualTime::EventId event_;
};

}  // namespace

asio::awaitable<void> Bell::wait() {
  boost::system::error_code ignored;
  co_await never_.async_wait(asio::redirect_error(asio::use_awaitable, ignored));
  const auto state = co_await asio::this_coro::cancellation_state;
  if (state.cancelled() != asio::cancellation_type::none) {
    throw boost::system::system_error(asio::error::operation_aborted);
  }
}

VirtualTime::VirtualTime(std::uint64_t seed, async::UtcTime start) : random_{seed}, start_{start}, loop_{1} {}

async::UtcTime VirtualTime::now() const {
  return start_ + std::chrono::duration_cast<std::chrono::milliseconds>(elapsed_);
}

VirtualTime::EventId VirtualTime::after(std::chrono::nanoseconds delay, std::function<void()> action) {
  const EventId event{elapsed_ + std::max(delay, std::chrono::nanoseconds::zero()), random_.bits(), ++numbered_};
  if (!abandoned_) events_.emplace(event, std::move(action));
  return event;
}

asio::awaitable<void> VirtualTime::sleep(std::chrono::nanoseconds duration) {
  Bell bell{loop_.get_executor()};
  const Appointment appointment{*this, duration, [&bell] { bell.ring(); }};
  co_await bell.wait();
}

void VirtualTime::settle() {
  loop_.restart();
  loop_.poll();
}

bool VirtualTime::run_until(const std::function<bool()>& done, std::chrono::nanoseconds longest) {
  const auto end = elapsed_ + longest;
  for (;;) {
    settle();
    if (done()) return true;
    if (events_.empty() || events_.begin()->first.due > end) {
      elapsed_ = end;
      return false;
    }
    auto next = events_.extract(events_.begin());
    elapsed_ = next.key().due;
    next.mapped()();
  }
}

void VirtualTime::abandon() {
  abandoned_ = true;
  loop_.abandon();
  // Moved out first, since what goes with an event may want to cancel another one.
  const auto going = std::exchange(events_, {});
}

void VirtualTime::run_for(std::chrono::nanoseconds duration) {
  run_until([] { return false; }, duration);
}

}  // namespace support
