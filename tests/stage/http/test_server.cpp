#include "stage/http/test_server.hpp"

#include <exception>
#include <utility>

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/ssl/stream.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/asio/write.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/http/parser.hpp>
#include <boost/beast/http/read.hpp>
#include <boost/beast/http/string_body.hpp>

namespace http {
namespace asio = boost::asio;
namespace beast = boost::beast;
namespace {

using asio::ip::tcp;
constexpr auto as_values = asio::as_tuple(asio::use_awaitable);

void must_not_throw(std::exception_ptr thrown) {
  if (thrown) std::rethrow_exception(thrown);
}

asio::awaitable<void> hang(tcp::socket* socket) {
  asio::steady_timer never{socket->get_executor(), asio::steady_timer::time_point::max()};
  co_await never.async_wait(as_values);
}

}  // namespace

std::string TestServer::answer(const std::string& body, unsigned status) {
  return "HTTP/1.1 " + std::to_string(status) +
         " Said\r\nX-Test: yes\r\nContent-Length: " + std::to_string(body.size()) + "\r\n\r\n" + body;
}

TestServer::TestServer(asio::io_context& context, std::optional<asio::ssl::context> tls)
    : context_{context}, tls_{std::move(tls)}, acceptor_{context, tcp::endpoint{asio::ip::address_v4::loopback(), 0}} {
  asio::co_spawn(context_, accept(), must_not_throw);
}

asio::awaitable<void> TestServer::accept() {
  for (;;) {
    auto [error, socket] = co_await acceptor_.async_accept(as_values);
    if (error) co_return;
    asio::co_spawn(context_, serve(std::move(socket), connections++), must_not_throw);
  }
}

asio::awaitable<void> TestServer::serve(tcp::socket socket, std::size_t connection) {
  if (!tls_) {
    co_await converse(&socket, &socket, connection);
    co_return;
  }
  asio::ssl::stream<tcp::socket&> stream{socket, *tls_};
  const auto [error] = co_await stream.async_handshake(asio::ssl::stream_base::server, as_values);
  if (!error) co_await converse(&stream, &socket, connection);
}

template <class Stream>
asio::awaitable<void> TestServer::converse(Stream* stream, tcp::socket* socket, std::size_t connection) {
  beast::flat_buffer buffer;
  for (;;) {
    beast::http::request_parser<beast::http::string_body> parser;
    parser.body_limit(64 * 1024 * 1024);
    const bool whole = acts_.empty() || acts_.front().after == Act::After::whole_request;
    auto [error, count] = whole ? co_await beast::http::async_read(*stream, buffer, parser, as_values)
                                : co_await beast::http::async_read_header(*stream, buffer, parser, as_values);
    if (error) {
      const auto body = parser.is_header_done() ? parser.get().body().size() : 0;
      if (parser.got_some() || count > 0) cut_short.push_back(body);
      co_return;
    }
    if (whole) {
      const auto& request = parser.get();
      Seen one{connection, std::string{request.method_string()}, std::string{request.target()},
               std::string{request[beast::http::field::user_agent]}, request.body()};
      seen.push_back(std::move(one));
    }
    Act act{.bytes = answer("nothing was laid out for this request", 500), .then = Act::Then::close};
    if (!acts_.empty()) {
      act = std::move(acts_.front());
      acts_.pop_front();
    }
    const auto [failed, written] = co_await asio::async_write(*stream, asio::buffer(act.bytes), as_values);
    if (failed) co_return;
    switch (act.then) {
      case Act::Then::keep:
        break;
      case Act::Then::close:
        co_return;
      case Act::Then::reset:
        socket->set_option(asio::socket_base::linger{true, 0});
        socket->close();
        co_return;
      case Act::Then::hang:
        co_await hang(socket);
        co_return;
    }
  }
}

}  // namespace http
