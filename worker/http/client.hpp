#pragma once

#include <memory>

#include <boost/asio/any_io_executor.hpp>

#include "http/base_url.hpp"
#include "http/settings.hpp"
#include "http/transport.hpp"

namespace http {

/// Requests to one host over TCP or TLS. The certificate's chain and host name are always checked; TLS 1.2 or later.
///
/// Owns: its connections. Threads: the executor's one thread. Outlives its calls.
/// A GET may go on a connection that was used before, and fails where that turns out to be dead; any other request
/// gets a connection of its own and goes out once.
class Client : public Transport {
 public:
  /// Throws std::runtime_error where the authorities cannot be loaded.
  Client(boost::asio::any_io_executor executor, BaseUrl base, Settings settings);
  ~Client() override;

  boost::asio::awaitable<Result<Response>> send(Request request) override;

 private:
  class Connections;
  std::unique_ptr<Connections> connections_;
};

}  // namespace http
