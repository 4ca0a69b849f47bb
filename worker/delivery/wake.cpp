#include "delivery/wake.hpp"

#include <exception>
#include <memory>
#include <utility>

#include <boost/asio/bind_cancellation_slot.hpp>
#include <boost/asio/cancellation_signal.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>

#include "delivery/task_group.hpp"

namespace delivery {
namespace asio = boost::asio;
namespace {

/// A sleep beside the wait. It may outlive the Wake by a turn of the loop, so it forgets it first.
struct AlarmClock {
  asio::cancellation_signal cancel;
  Wake* target = nullptr;
};

/// Rings at the end of its life unless it was told to forget.
class Silencer {
 public:
  explicit Silencer(std::shared_ptr<AlarmClock> alarm) : alarm_{std::move(alarm)} {}
  Silencer(const Silencer&) = delete;
  Silencer& operator=(const Silencer&) = delete;
  ~Silencer() {
    alarm_->target = nullptr;
    alarm_->cancel.emit(asio::cancellation_type::terminal);
  }

 private:
  std::shared_ptr<AlarmClock> alarm_;
};

}  // namespace

Wake::Wake(asio::any_io_executor executor) : never_{std::move(executor), asio::steady_timer::time_point::max()} {}

asio::awaitable<void> Wake::wait() {
  boost::system::error_code ignored;
  co_await never_.async_wait(asio::redirect_error(asio::use_awaitable, ignored));
  const auto state = co_await asio::this_coro::cancellation_state;
  if (state.cancelled() != asio::cancellation_type::none) {
    throw boost::system::system_error(asio::error::operation_aborted);
  }
}

asio::awaitable<void> Wake::wait_at_most(async::Clock& clock, std::chrono::nanoseconds longest) {
  return wait_beside(&clock, longest);
}

asio::awaitable<void> Wake::wait_beside(async::Clock* clock, std::chrono::nanoseconds longest) {
  if (longest <= std::chrono::nanoseconds::zero()) co_return;
  const auto alarm = std::make_shared<AlarmClock>();
  alarm->target = this;
  const auto ring = [alarm](const std::exception_ptr& failure) {
    if (failure && !was_cancelled(failure)) std::rethrow_exception(failure);
    if (alarm->target != nullptr) alarm->target->notify();
  };
  asio::co_spawn(never_.get_executor(), clock->sleep(longest),
                 asio::bind_cancellation_slot(alarm->cancel.slot(), ring));
  const Silencer silencer{alarm};
  co_await wait();
}

}  // namespace delivery
