#pragma once

#include <cstddef>
#include <exception>
#include <functional>
#include <list>

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/awaitable.hpp>
#include <boost/asio/cancellation_signal.hpp>

#include "delivery/wake.hpp"

namespace delivery {

bool was_cancelled(const std::exception_ptr& failure);

/// Coroutines that share a life: none of them outlives the join.
///
/// Being cancelled is a normal end; any other exception is kept for join() and told to `on_failure` at once.
class TaskGroup {
 public:
  TaskGroup(boost::asio::any_io_executor executor, std::function<void()> on_failure);

  /// Nothing starts any more once cancel() was called.
  void spawn(boost::asio::awaitable<void> task);
  void cancel();

  /// Ends when no task is left; then throws the first failure. Not to be cancelled itself.
  boost::asio::awaitable<void> join();

  std::size_t size() const { return tasks_.size(); }
  bool failed() const { return failure_ != nullptr; }

 private:
  boost::asio::any_io_executor executor_;
  std::function<void()> on_failure_;
  std::list<boost::asio::cancellation_signal> tasks_;
  std::exception_ptr failure_;
  bool cancelled_ = false;
  Wake ended_;
};

}  // namespace delivery
