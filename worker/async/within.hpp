#pragma once

#include <chrono>
#include <exception>
#include <optional>
#include <utility>

#include <boost/asio/awaitable.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/deferred.hpp>
#include <boost/asio/error.hpp>
#include <boost/asio/experimental/parallel_group.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/system/system_error.hpp>

#include "async/clock.hpp"

namespace async {

inline bool is_cancellation(const std::exception_ptr& failure) {
  try {
    std::rethrow_exception(failure);
  } catch (const boost::system::system_error& error) {
    return error.code() == boost::asio::error::operation_aborted;
  } catch (...) {
    return false;
  }
}

template <class T>
boost::asio::awaitable<std::optional<T>> before_end_of(boost::asio::awaitable<void> limit,
                                                       boost::asio::awaitable<T> work) {
  namespace asio = boost::asio;
  const auto executor = co_await asio::this_coro::executor;
  auto both = asio::experimental::make_parallel_group(asio::co_spawn(executor, std::move(work), asio::deferred),
                                                      asio::co_spawn(executor, std::move(limit), asio::deferred));
  // As soon as one has ended the other is cancelled, and both are waited for: nothing of the work outlives the call.
  auto [order, work_failure, value, limit_failure] =
      co_await both.async_wait(asio::experimental::wait_for_one{}, asio::use_awaitable);

  if (!work_failure) co_return std::optional<T>{std::move(value)};  // Also if it came while being cancelled.
  if (order[0] == 0 || !is_cancellation(work_failure)) std::rethrow_exception(work_failure);
  if (limit_failure) std::rethrow_exception(limit_failure);
  const auto outside = co_await asio::this_coro::cancellation_state;
  if (outside.cancelled() != asio::cancellation_type::none) std::rethrow_exception(work_failure);
  co_return std::nullopt;
}

/// A deadline around one awaitable: none where the time was up, which cancels the work.
///
/// T: default constructible. Cancelling: operation_aborted, as is whatever else the work throws. Not `work || sleep`,
/// which on Boost 1.81 turns an exception of the work into a time-out. A work that does not heed cancellation holds the
/// call up until it ends.
template <class T>
boost::asio::awaitable<std::optional<T>> within(Clock& clock, std::chrono::nanoseconds limit,
                                                boost::asio::awaitable<T> work) {
  return before_end_of<T>(clock.sleep(limit), std::move(work));
}

}  // namespace async
