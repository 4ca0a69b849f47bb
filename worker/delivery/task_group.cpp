#include "delivery/task_group.hpp"

#include <utility>

#include <boost/asio/bind_cancellation_slot.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/error.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/system/system_error.hpp>

namespace delivery {
namespace asio = boost::asio;
namespace {

/// co_spawn starts a task inside of the caller, which may be walking over what the task changes.
asio::awaitable<void> on_a_turn_of_its_own(asio::any_io_executor executor, asio::awaitable<void> task) {
  co_await asio::post(executor, asio::use_awaitable);
  co_await std::move(task);
}

}  // namespace

bool was_cancelled(const std::exception_ptr& failure) {
  try {
    std::rethrow_exception(failure);
  } catch (const boost::system::system_error& error) {
    return error.code() == asio::error::operation_aborted;
  } catch (...) {
    return false;
  }
}

TaskGroup::TaskGroup(asio::any_io_executor executor, std::function<void()> on_failure)
    : executor_{executor}, on_failure_{std::move(on_failure)}, ended_{std::move(executor)} {}

void TaskGroup::spawn(asio::awaitable<void> task) {
  if (cancelled_) return;
  const auto entry = tasks_.emplace(tasks_.end());
  const auto on_end = [this, entry](const std::exception_ptr& failure) {
    tasks_.erase(entry);
    ended_.notify();
    if (!failure || was_cancelled(failure)) return;
    if (!failure_) failure_ = failure;
    on_failure_();
  };
  asio::co_spawn(executor_, on_a_turn_of_its_own(executor_, std::move(task)),
                 asio::bind_cancellation_slot(entry->slot(), on_end));
}

void TaskGroup::cancel() {
  cancelled_ = true;
  // A task may end, and so leave the list, while it is being told.
  for (auto task = tasks_.begin(); task != tasks_.end();) (task++)->emit(asio::cancellation_type::terminal);
}

asio::awaitable<void> TaskGroup::join() {
  while (!tasks_.empty()) co_await ended_.wait();
  if (failure_) std::rethrow_exception(failure_);
}

}  // namespace delivery
