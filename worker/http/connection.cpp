#include "http/connection.hpp"

#include <algorithm>
#include <stdexcept>
#include <utility>

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/buffer.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/asio/write.hpp>
#include <boost/beast/core/error.hpp>
#include <boost/beast/http/parser.hpp>
#include <boost/beast/http/read.hpp>
#include <boost/beast/http/string_body.hpp>
#include <boost/system/system_error.hpp>
#include <openssl/ssl.h>
#include <openssl/x509v3.h>

namespace http {
namespace asio = boost::asio;
namespace beast = boost::beast;
namespace {

constexpr std::uint32_t max_head_bytes = 64 * 1024;
constexpr auto as_values = asio::as_tuple(asio::use_awaitable);

/// A step that our own deadline ended says error::timeout, so this one comes from outside.
boost::system::error_code unless_cancelled(boost::system::error_code error) {
  if (error == asio::error::operation_aborted) throw boost::system::system_error{error};
  return error;
}

void must(bool worked) {
  if (!worked) throw std::runtime_error{"the host cannot be set up to be checked"};
}

template <class Stream>
asio::awaitable<Connection::Answer> read_from(Stream* stream, beast::flat_buffer* buffer, std::size_t max_body_bytes) {
  Connection::Answer answer;
  for (;;) {
    beast::http::response_parser<beast::http::string_body> parser;
    parser.body_limit(max_body_bytes);
    parser.header_limit(max_head_bytes);
    const auto [error, count] = co_await beast::http::async_read(*stream, *buffer, parser, as_values);
    answer.error = unless_cancelled(error);
    if (error) co_return answer;
    auto message = parser.release();
    if (message.result_int() / 100 == 1) continue;  // An interim answer: the real one follows.
    answer.keeps_alive = message.keep_alive();
    answer.response.status = message.result_int();
    for (const auto& field : message) answer.response.headers.emplace_back(field.name_string(), field.value());
    answer.response.body = std::move(message.body());
    co_return answer;
  }
}

}  // namespace

Connection::Connection(asio::any_io_executor executor, const BaseUrl& url, asio::ssl::context& context)
    : tcp_{std::move(executor)} {
  if (url.scheme != BaseUrl::Scheme::https) return;
  tls_.emplace(tcp_, context);
  SSL* const session = tls_->native_handle();
  if (is_address(url)) {
    must(::X509_VERIFY_PARAM_set1_ip_asc(::SSL_get0_param(session), url.host.c_str()) == 1);
    return;
  }
  ::SSL_set_hostflags(session, X509_CHECK_FLAG_NO_PARTIAL_WILDCARDS);
  must(::SSL_set1_host(session, url.host.c_str()) == 1);
  // Server Name Indication knows names only.
  must(SSL_set_tlsext_host_name(session, url.host.c_str()) == 1);
}

void Connection::set_deadline(Clock::time_point deadline) { tcp_.expires_at(deadline); }

asio::awaitable<boost::system::error_code> Connection::connect(Endpoints endpoints, Clock::duration each,
                                                               Clock::time_point deadline) {
  boost::system::error_code error = asio::error::timed_out;
  if (endpoints.empty()) error = asio::error::host_not_found;
  for (const auto& endpoint : endpoints) {
    if (Clock::now() >= deadline) break;
    tcp_.expires_at(std::min(deadline, Clock::now() + each));
    const auto [failed] = co_await tcp_.async_connect(endpoint, as_values);
    error = unless_cancelled(failed);
    if (!error) break;
    tcp_.close();
  }
  if (error) co_return error;
  // The last bytes of a request go out on their own and must not wait for an acknowledgement.
  tcp_.socket().set_option(asio::ip::tcp::no_delay{true}, error);
  co_return error;
}

asio::awaitable<boost::system::error_code> Connection::shake_hands() {
  if (!tls_) co_return boost::system::error_code{};
  const auto [error] = co_await tls_->async_handshake(asio::ssl::stream_base::client, as_values);
  co_return unless_cancelled(error);
}

asio::awaitable<boost::system::error_code> Connection::write(std::string_view bytes) {
  const auto buffer = asio::buffer(bytes.data(), bytes.size());
  if (tls_) {
    const auto [error, count] = co_await asio::async_write(*tls_, buffer, as_values);
    co_return unless_cancelled(error);
  }
  const auto [error, count] = co_await asio::async_write(tcp_, buffer, as_values);
  co_return unless_cancelled(error);
}

asio::awaitable<Connection::Answer> Connection::read(std::size_t max_body_bytes) {
  if (tls_) co_return co_await read_from(&*tls_, &buffer_, max_body_bytes);
  co_return co_await read_from(&tcp_, &buffer_, max_body_bytes);
}

std::string Connection::certificate_fault() const {
  if (!tls_) return {};
  // OpenSSL's handle is not const where it should be.
  auto& stream = const_cast<asio::ssl::stream<beast::tcp_stream&>&>(*tls_);
  const long result = ::SSL_get_verify_result(stream.native_handle());
  return result == X509_V_OK ? std::string{} : ::X509_verify_cert_error_string(result);
}

}  // namespace http
