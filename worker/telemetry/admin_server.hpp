#pragma once

#include <cstdint>
#include <list>
#include <string>
#include <thread>

#include <boost/asio/awaitable.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/beast/core/tcp_stream.hpp>

#include "telemetry/admin_reply.hpp"

namespace telemetry {

/// The admin port: metrics and probes, on a thread of its own, so that it answers while a stage does not.
///
/// Threads: constructed and destroyed by one; the destructor closes the port and waits for the thread.
/// Deadline: a connection lives for 5 s at most and carries one request.
/// Errors: throws system_error where the address cannot be listened on.
class AdminServer {
 public:
  /// `port` 0: a free one.
  AdminServer(const std::string& address, std::uint16_t port, Probes probes);
  ~AdminServer();
  AdminServer(const AdminServer&) = delete;
  AdminServer& operator=(const AdminServer&) = delete;

  std::uint16_t port() const { return port_; }

 private:
  boost::asio::awaitable<void> accept();
  boost::asio::awaitable<void> serve(std::list<boost::beast::tcp_stream>::iterator stream);
  void close();

  Probes probes_;
  boost::asio::io_context context_{1};
  boost::asio::ip::tcp::acceptor acceptor_;
  std::uint16_t port_ = 0;
  std::list<boost::beast::tcp_stream> open_;
  std::thread thread_;
};

}  // namespace telemetry
