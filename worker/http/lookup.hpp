#pragma once

#include <chrono>
#include <memory>
#include <vector>

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/awaitable.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/system/result.hpp>

#include "http/base_url.hpp"

namespace http {

using Endpoints = std::vector<boost::asio::ip::tcp::endpoint>;

/// The addresses of a URL's host.
///
/// Deadline: `until`, as error timed_out, although the system's own look-up cannot be interrupted: it is left behind
/// and ends by itself. Cancelling: operation_aborted.
boost::asio::awaitable<boost::system::result<Endpoints>> look_up(boost::asio::any_io_executor executor, BaseUrl url,
                                                                 std::chrono::steady_clock::time_point until);

}  // namespace http
