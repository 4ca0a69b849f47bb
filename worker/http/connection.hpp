#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/awaitable.hpp>
#include <boost/asio/ssl/context.hpp>
#include <boost/asio/ssl/stream.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/core/tcp_stream.hpp>

#include "http/base_url.hpp"
#include "http/lookup.hpp"
#include "http/transport.hpp"

namespace http {

/// One connection to the host, in the clear or over TLS. Every step ends by the deadline as error::timeout.
///
/// Errors: error codes; cancellation is operation_aborted, thrown.
class Connection {
 public:
  using Clock = std::chrono::steady_clock;

  Connection(boost::asio::any_io_executor executor, const BaseUrl& url, boost::asio::ssl::context& context);

  void set_deadline(Clock::time_point deadline);

  boost::asio::awaitable<boost::system::error_code> connect(Endpoints endpoints, Clock::duration each,
                                                            Clock::time_point deadline);
  boost::asio::awaitable<boost::system::error_code> shake_hands();
  /// The bytes outlive the call.
  boost::asio::awaitable<boost::system::error_code> write(std::string_view bytes);

  struct Answer {
    boost::system::error_code error;
    bool keeps_alive = false;
    Response response;
  };
  boost::asio::awaitable<Answer> read(std::size_t max_body_bytes);

  /// Why the peer's certificate was refused; empty where it was not.
  std::string certificate_fault() const;

  Clock::time_point idle_since{};

 private:
  boost::beast::tcp_stream tcp_;
  std::optional<boost::asio::ssl::stream<boost::beast::tcp_stream&>> tls_;
  boost::beast::flat_buffer buffer_;
};

}  // namespace http
