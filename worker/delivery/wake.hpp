#pragma once

#include <chrono>

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/awaitable.hpp>
#include <boost/asio/steady_timer.hpp>

#include "async/clock.hpp"

namespace delivery {

/// Wakes the coroutines of one loop that wait for something to change; each then looks for itself.
///
/// Nothing is remembered: look first, then wait, without an await in between. Cancelling: operation_aborted.
class Wake {
 public:
  explicit Wake(boost::asio::any_io_executor executor);

  void notify() { never_.cancel(); }

  boost::asio::awaitable<void> wait();
  boost::asio::awaitable<void> wait_at_most(async::Clock& clock, std::chrono::nanoseconds longest);

 private:
  boost::asio::awaitable<void> wait_beside(async::Clock* clock, std::chrono::nanoseconds longest);

  boost::asio::steady_timer never_;
};

}  // namespace delivery
