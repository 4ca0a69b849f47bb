#include "telemetry/admin_server.hpp"

#include <chrono>
#include <exception>
#include <utility>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/http/empty_body.hpp>
#include <boost/beast/http/parser.hpp>
#include <boost/beast/http/read.hpp>
#include <boost/beast/http/string_body.hpp>
#include <boost/beast/http/write.hpp>

namespace telemetry {
namespace {

namespace asio = boost::asio;
namespace beast = boost::beast;
namespace http = beast::http;
using asio::ip::tcp;

constexpr std::chrono::seconds connection_time{5};
constexpr std::chrono::milliseconds accept_pause{100};
constexpr std::size_t most_connections = 32;
constexpr std::uint32_t most_header_bytes = 8 * 1024;

tcp::acceptor listening(asio::io_context& context, const std::string& address, std::uint16_t port) {
  return {context, tcp::endpoint{asio::ip::make_address(address), port}};
}

http::response<http::string_body> response_to(const http::request<http::empty_body>& request, const Probes& probes) {
  const AdminReply reply = admin_reply(request.method_string(), request.target(), probes);
  http::response<http::string_body> response{static_cast<http::status>(reply.status), request.version()};
  response.set(http::field::content_type, reply.content_type);
  response.keep_alive(false);
  response.content_length(reply.body.size());
  if (request.method() != http::verb::head) response.body() = reply.body;
  return response;
}

/// A bug, wherever it comes from: the process ends, as it does for any exception on a thread.
void rethrow(const std::exception_ptr& failure) {
  if (failure) std::rethrow_exception(failure);
}

}  // namespace

AdminServer::AdminServer(const std::string& address, std::uint16_t port, Probes probes)
    : probes_{std::move(probes)},
      acceptor_{listening(context_, address, port)},
      port_{acceptor_.local_endpoint().port()} {
  asio::co_spawn(context_, accept(), rethrow);
  thread_ = std::thread{[this] { context_.run(); }};
}

AdminServer::~AdminServer() {
  asio::post(context_, [this] { close(); });
  thread_.join();
}

void AdminServer::close() {
  acceptor_.close();
  for (beast::tcp_stream& stream : open_) stream.close();
}

asio::awaitable<void> AdminServer::accept() {
  while (acceptor_.is_open()) {
    boost::system::error_code error;
    tcp::socket socket = co_await acceptor_.async_accept(asio::redirect_error(asio::use_awaitable, error));
    if (!acceptor_.is_open()) co_return;
    if (error) {
      // Out of file descriptors, most likely: without a pause the loop would spin.
      asio::steady_timer pause{context_, accept_pause};
      co_await pause.async_wait(asio::redirect_error(asio::use_awaitable, error));
      continue;
    }
    if (open_.size() >= most_connections) continue;
    open_.emplace_back(std::move(socket));
    asio::co_spawn(context_, serve(std::prev(open_.end())), rethrow);
  }
}

asio::awaitable<void> AdminServer::serve(std::list<beast::tcp_stream>::iterator stream) {
  boost::system::error_code error;
  beast::flat_buffer buffer{most_header_bytes};
  http::request_parser<http::empty_body> parser;
  parser.header_limit(most_header_bytes);
  stream->expires_after(connection_time);
  co_await http::async_read(*stream, buffer, parser, asio::redirect_error(asio::use_awaitable, error));
  if (!error) {
    const auto response = response_to(parser.get(), probes_);
    co_await http::async_write(*stream, response, asio::redirect_error(asio::use_awaitable, error));
  }
  open_.erase(stream);
}

}  // namespace telemetry
