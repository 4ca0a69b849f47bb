#include "sandbox/server/server.hpp"

#include <chrono>
#include <exception>
#include <set>
#include <utility>

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/awaitable.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/ssl/context.hpp>
#include <boost/asio/ssl/stream.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/core/string.hpp>
#include <boost/beast/core/tcp_stream.hpp>
#include <boost/beast/http/empty_body.hpp>
#include <boost/beast/http/message.hpp>
#include <boost/beast/http/parser.hpp>
#include <boost/beast/http/read.hpp>
#include <boost/beast/http/string_body.hpp>
#include <boost/beast/http/write.hpp>

namespace sandbox {
namespace {

namespace asio = boost::asio;
namespace beast = boost::beast;
namespace http = beast::http;
using asio::ip::tcp;
using boost::system::error_code;

using Plain = beast::tcp_stream;
using Encrypted = asio::ssl::stream<beast::tcp_stream>;
constexpr auto as_values = asio::as_tuple(asio::use_awaitable);
using Incoming = http::request_parser<http::string_body>;

constexpr std::uint64_t max_body_bytes = 64ULL << 20U;
constexpr std::chrono::seconds idle_time{300};

Time system_now() { return std::chrono::floor<std::chrono::milliseconds>(std::chrono::system_clock::now()); }

Request request_of(const http::request<http::string_body>& message) {
  Request request{.method = message.method_string(), .target = message.target(), .headers = {}, .body = message.body()};
  for (const auto& field : message) request.headers.emplace_back(field.name_string(), field.value());
  return request;
}

http::response<http::string_body> message_of(Response response, unsigned version, bool keep_alive) {
  http::response<http::string_body> message;
  message.version(version);
  message.result(response.status);
  for (const auto& [name, value] : response.headers) message.insert(name, value);
  message.body() = std::move(response.body);
  message.keep_alive(keep_alive);
  if (response.status != 204) message.prepare_payload();
  return message;
}

/// A reset, not an orderly end: what was not read or sent is thrown away.
void reset(tcp::socket& socket) {
  error_code ignored;
  socket.set_option(asio::socket_base::linger{true, 0}, ignored);
  socket.close(ignored);
}

void must_not_throw(std::exception_ptr thrown) {
  if (thrown) std::rethrow_exception(thrown);
}

/// What the server may do to a connection from outside.
class Connection {
 public:
  virtual ~Connection() = default;
  virtual void drop() = 0;
};

tcp::acceptor listening(asio::io_context& loop, const std::string& address, std::uint16_t port) {
  return tcp::acceptor{loop, tcp::endpoint{asio::ip::make_address(address), port}};
}

}  // namespace

struct Server::Shared {
  Shared(asio::io_context& loop, Core& told, const Settings& settings)
      : core{told},
        plain{listening(loop, settings.address, settings.http_port)},
        encrypted{listening(loop, settings.address, settings.https_port)} {
    tls.use_certificate_chain(asio::buffer(settings.certificates.certificate));
    tls.use_private_key(asio::buffer(settings.certificates.key), asio::ssl::context::pem);
    SSL_CTX_set_min_proto_version(tls.native_handle(), TLS1_2_VERSION);
  }

  Core& core;
  asio::ssl::context tls{asio::ssl::context::tls_server};
  tcp::acceptor plain;
  tcp::acceptor encrypted;
  std::set<Connection*> connections;
};

namespace {

/// One connection; the server knows it while it lives, so that it can be dropped.
template <class Stream>
class Session : public Connection {
 public:
  Session(std::shared_ptr<Server::Shared> shared, Stream stream)
      : shared_{std::move(shared)}, stream_{std::move(stream)}, pause_{stream_.get_executor()} {
    shared_->connections.insert(this);
  }
  ~Session() override { shared_->connections.erase(this); }
  Session(const Session&) = delete;
  Session& operator=(const Session&) = delete;

  void drop() override {
    pause_.cancel();
    beast::get_lowest_layer(stream_).close();
  }

  asio::awaitable<void> serve() {
    while (co_await serve_one()) {
    }
  }

  asio::awaitable<bool> shake_hands() {
    socket().expires_after(idle_time);
    const auto [error] = co_await stream_.async_handshake(asio::ssl::stream_base::server, as_values);
    co_return !error;
  }

 private:
  Plain& socket() { return beast::get_lowest_layer(stream_); }

  /// Whether the connection goes on.
  asio::awaitable<bool> serve_one() {
    Incoming incoming;
    incoming.body_limit(max_body_bytes);
    if (!co_await read(&incoming)) co_return false;
    const auto& message = incoming.get();
    Outcome outcome = shared_->core.handle(request_of(message), system_now());
    if (outcome.latency.count() > 0) {
      pause_.expires_after(outcome.latency);
      const auto [stopped] = co_await pause_.async_wait(as_values);
      if (stopped) co_return false;
    }
    if (!outcome.response) {
      reset(socket().socket());
      co_return false;
    }
    auto answer = message_of(std::move(*outcome.response), message.version(), message.keep_alive());
    const auto [error, written] = co_await http::async_write(stream_, answer, as_values);
    co_return !error && message.keep_alive();
  }

  asio::awaitable<bool> read(Incoming* incoming) {
    socket().expires_after(idle_time);
    const auto [error, count] = co_await http::async_read_header(stream_, buffer_, *incoming, as_values);
    if (error) co_return false;
    if (beast::iequals(incoming->get()[http::field::expect], "100-continue")) {
      http::response<http::empty_body> go_on{http::status::continue_, incoming->get().version()};
      const auto [failed, size] = co_await http::async_write(stream_, go_on, as_values);
      if (failed) co_return false;
    }
    const auto [cut, rest] = co_await http::async_read(stream_, buffer_, *incoming, as_values);
    co_return !cut;
  }

  std::shared_ptr<Server::Shared> shared_;
  Stream stream_;
  asio::steady_timer pause_;
  beast::flat_buffer buffer_;
};

asio::awaitable<void> serve_plain(std::shared_ptr<Server::Shared> shared, tcp::socket socket) {
  Session<Plain> session{std::move(shared), Plain{std::move(socket)}};
  co_await session.serve();
}

asio::awaitable<void> serve_encrypted(std::shared_ptr<Server::Shared> shared, tcp::socket socket) {
  Encrypted stream{Plain{std::move(socket)}, shared->tls};
  Session<Encrypted> session{std::move(shared), std::move(stream)};
  if (co_await session.shake_hands()) co_await session.serve();
}

using Serve = asio::awaitable<void> (*)(std::shared_ptr<Server::Shared>, tcp::socket);

asio::awaitable<void> accept(std::shared_ptr<Server::Shared> shared, tcp::acceptor* acceptor, Serve serve) {
  while (acceptor->is_open()) {
    auto [error, socket] = co_await acceptor->async_accept(as_values);
    if (error == asio::error::operation_aborted) co_return;
    if (error) continue;
    error_code ignored;
    socket.set_option(tcp::no_delay{true}, ignored);
    asio::co_spawn(acceptor->get_executor(), serve(shared, std::move(socket)), must_not_throw);
  }
}

}  // namespace

Server::Server(asio::io_context& loop, Core& core, const Settings& settings)
    : shared_{std::make_shared<Shared>(loop, core, settings)} {
  asio::co_spawn(loop, accept(shared_, &shared_->plain, serve_plain), must_not_throw);
  asio::co_spawn(loop, accept(shared_, &shared_->encrypted, serve_encrypted), must_not_throw);
}

Server::~Server() { stop(); }

std::uint16_t Server::http_port() const { return shared_->plain.local_endpoint().port(); }
std::uint16_t Server::https_port() const { return shared_->encrypted.local_endpoint().port(); }

void Server::stop() {
  error_code ignored;
  shared_->plain.close(ignored);
  shared_->encrypted.close(ignored);
  for (Connection* connection : shared_->connections) connection->drop();
}

}  // namespace sandbox
