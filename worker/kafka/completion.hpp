#pragma once

#include <chrono>
#include <memory>
#include <optional>
#include <utility>

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/awaitable.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/system/system_error.hpp>

namespace kafka {

/// Wakes the coroutines of one loop; look first, then wait. Cancelling: operation_aborted.
class LoopSignal {
 public:
  explicit LoopSignal(boost::asio::any_io_executor executor)
      : never_{std::move(executor), boost::asio::steady_timer::time_point::max()} {}

  void notify() { never_.cancel(); }

  boost::asio::awaitable<void> wait() {
    boost::system::error_code ignored;
    co_await never_.async_wait(boost::asio::redirect_error(boost::asio::use_awaitable, ignored));
    const auto state = co_await boost::asio::this_coro::cancellation_state;
    if (state.cancelled() != boost::asio::cancellation_type::none) {
      throw boost::system::system_error(boost::asio::error::operation_aborted);
    }
  }

 private:
  boost::asio::steady_timer never_;
};

/// One value that arrives once, from any thread, at a coroutine of one loop. A coroutine that was cancelled meanwhile
/// leaves it to be destroyed.
template <class T>
class Completion : public std::enable_shared_from_this<Completion<T>> {
 public:
  explicit Completion(boost::asio::any_io_executor executor) : executor_{executor}, arrived_{std::move(executor)} {}

  void set(T value) {
    boost::asio::post(executor_, [self = this->shared_from_this(), held = std::move(value)]() mutable {
      self->value_ = std::move(held);
      self->arrived_.notify();
    });
  }

  static boost::asio::awaitable<T> value_of(std::shared_ptr<Completion> completion) {
    while (!completion->value_) co_await completion->arrived_.wait();
    co_return std::move(*completion->value_);
  }

 private:
  boost::asio::any_io_executor executor_;
  LoopSignal arrived_;
  std::optional<T> value_;
};

}  // namespace kafka
