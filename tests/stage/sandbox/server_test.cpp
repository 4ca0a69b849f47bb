#include "sandbox/server/server.hpp"

#include <array>
#include <chrono>
#include <exception>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/ssl/context.hpp>
#include <boost/asio/ssl/host_name_verification.hpp>
#include <boost/asio/ssl/stream.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/asio/write.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/http/message.hpp>
#include <boost/beast/http/parser.hpp>
#include <boost/beast/http/read.hpp>
#include <boost/beast/http/string_body.hpp>
#include <boost/json/parse.hpp>
#include <gtest/gtest.h>

#include "sandbox/server/certificates.hpp"

namespace sandbox {
namespace {

namespace asio = boost::asio;
namespace beast = boost::beast;
namespace http = beast::http;
using asio::ip::tcp;

constexpr auto as_values = asio::as_tuple(asio::use_awaitable);

struct Seen {
  boost::system::error_code error;  ///< Of the connection; then there is no answer.
  unsigned status = 0;
  std::string body;
};

std::string get(const std::string& target) { return "GET " + target + " HTTP/1.1\r\nHost: x\r\n\r\n"; }
std::string post(const std::string& target, const std::string& body, const std::string& more = "") {
  return "POST " + target + " HTTP/1.1\r\nHost: x\r\n" + more + "Content-Length: " + std::to_string(body.size()) +
         "\r\n\r\n" + body;
}

template <class Stream>
asio::awaitable<Seen> read_answer(Stream* stream, beast::flat_buffer* buffer) {
  http::response_parser<http::string_body> answer;
  const auto [error, count] = co_await http::async_read(*stream, *buffer, answer, as_values);
  Seen seen;
  seen.error = error;
  if (!error) {
    seen.status = answer.get().result_int();
    seen.body = answer.get().body();
  }
  co_return seen;
}

class SandboxServer : public testing::Test {
 protected:
  SandboxServer() : server_{loop_, core_, settings_} {
    core_.seed(demo_seed(), std::chrono::floor<std::chrono::milliseconds>(std::chrono::system_clock::now()));
  }

  Seen run(asio::awaitable<Seen> client) {
    Seen result;
    asio::co_spawn(loop_, std::move(client), [&](std::exception_ptr thrown, Seen seen) {
      if (thrown) std::rethrow_exception(thrown);
      result = std::move(seen);
      server_.stop();
    });
    loop_.run();
    return result;
  }

  tcp::endpoint plain() const { return {asio::ip::address_v4::loopback(), server_.http_port()}; }
  tcp::endpoint encrypted() const { return {asio::ip::address_v4::loopback(), server_.https_port()}; }

  asio::io_context loop_;
  Core core_;
  Server::Settings settings_{.certificates = make_certificates("127.0.0.1")};
  Server server_;
};

/// Sends the requests on one connection; the last answer.
asio::awaitable<Seen> ask_plain(tcp::endpoint server, std::vector<std::string> requests) {
  const auto executor = co_await asio::this_coro::executor;
  tcp::socket socket{executor};
  co_await socket.async_connect(server, asio::use_awaitable);
  beast::flat_buffer buffer;
  Seen seen;
  for (const auto& request : requests) {
    co_await asio::async_write(socket, asio::buffer(request), asio::use_awaitable);
    seen = co_await read_answer(&socket, &buffer);
  }
  co_return seen;
}

asio::awaitable<Seen> ask_encrypted(tcp::endpoint server, std::string authority, std::string host,
                                    std::string request) {
  asio::ssl::context tls{asio::ssl::context::tls_client};
  tls.add_certificate_authority(asio::buffer(authority));
  tls.set_verify_mode(asio::ssl::verify_peer);
  const auto executor = co_await asio::this_coro::executor;
  asio::ssl::stream<tcp::socket> stream{executor, tls};
  stream.set_verify_callback(asio::ssl::host_name_verification{host});
  co_await stream.next_layer().async_connect(server, asio::use_awaitable);
  Seen seen;
  const auto [refused] = co_await stream.async_handshake(asio::ssl::stream_base::client, as_values);
  seen.error = refused;
  if (refused) co_return seen;
  beast::flat_buffer buffer;
  co_await asio::async_write(stream, asio::buffer(request), asio::use_awaitable);
  seen = co_await read_answer(&stream, &buffer);
  co_return seen;
}

/// Sends the head, waits for leave, then sends the rest.
asio::awaitable<Seen> ask_politely(tcp::endpoint server, std::string head, std::string body) {
  const auto executor = co_await asio::this_coro::executor;
  tcp::socket socket{executor};
  co_await socket.async_connect(server, asio::use_awaitable);
  co_await asio::async_write(socket, asio::buffer(head), asio::use_awaitable);
  std::array<char, 512> leave{};
  const std::size_t size = co_await socket.async_read_some(asio::buffer(leave), asio::use_awaitable);
  EXPECT_TRUE((std::string_view{leave.data(), size}.starts_with("HTTP/1.1 100")));
  co_await asio::async_write(socket, asio::buffer(body), asio::use_awaitable);
  beast::flat_buffer buffer;
  const Seen seen = co_await read_answer(&socket, &buffer);
  co_return seen;
}

const std::string token_request =
    post("/oauth2/default/v1/token", "grant_type=refresh_token&refresh_token=demo-refresh-token",
         "Authorization: Basic ZGVtby1hcHBsaWNhdGlvbjpkZW1vLXNlY3JldA==\r\n"
         "Content-Type: application/x-www-form-urlencoded\r\n");

TEST_F(SandboxServer, AnswersOverHttp) {
  const Seen seen = run(ask_plain(plain(), {token_request}));
  EXPECT_EQ(seen.status, 200U);
  EXPECT_TRUE(boost::json::parse(seen.body).as_object().contains("access_token"));
}

TEST_F(SandboxServer, AnswersOverTlsToWhoTrustsItsAuthority) {
  const auto& authority = settings_.certificates.authority;
  EXPECT_EQ(run(ask_encrypted(encrypted(), authority, "127.0.0.1", token_request)).status, 200U);
}

TEST_F(SandboxServer, IsLocalhostToo) {
  const auto& authority = settings_.certificates.authority;
  EXPECT_EQ(run(ask_encrypted(encrypted(), authority, "localhost", get("/__sandbox/counters"))).status, 200U);
}

TEST_F(SandboxServer, IsNobodyElse) {
  const auto& authority = settings_.certificates.authority;
  EXPECT_TRUE(run(ask_encrypted(encrypted(), authority, "api.example.com", get("/"))).error);
}

TEST_F(SandboxServer, IsRefusedByWhoTrustsAnotherAuthority) {
  const auto other = make_certificates("127.0.0.1").authority;
  EXPECT_TRUE(run(ask_encrypted(encrypted(), other, "127.0.0.1", get("/"))).error);
}

TEST_F(SandboxServer, KeepsAConnectionForTheNextRequest) {
  const Seen seen =
      run(ask_plain(plain(), {get("/v3/contact_lists"), post("/__sandbox/reset", ""), get("/__sandbox/counters")}));
  EXPECT_EQ(seen.status, 200U);
}

TEST_F(SandboxServer, ResetsTheConnectionWhereTheCoreSaysSo) {
  const Seen seen =
      run(ask_plain(plain(), {post("/__sandbox/faults", R"({"effect":"reset"})"), get("/v3/contact_lists")}));
  EXPECT_EQ(seen.error, boost::system::errc::connection_reset);
}

TEST_F(SandboxServer, GivesLeaveToSendALargeBody) {
  const std::string head =
      "POST /__sandbox/knobs HTTP/1.1\r\nHost: x\r\nExpect: 100-continue\r\nContent-Length: 10\r\n\r\n";
  EXPECT_EQ(run(ask_politely(plain(), head, R"({"rate":9})")).status, 204U);
  EXPECT_EQ(core_.knobs().rate, 9);
}

TEST_F(SandboxServer, DropsConnectionsThatWaitForASlowAnswerWhenItStops) {
  core_.arm(boost::json::parse(R"({"effect":"latency","latency_ms":3600000})"));
  boost::system::error_code error;
  asio::co_spawn(loop_, ask_plain(plain(), {get("/v3/contact_lists")}), [&](std::exception_ptr thrown, Seen seen) {
    if (thrown) std::rethrow_exception(thrown);
    error = seen.error;
  });
  while (core_.requests().empty()) loop_.run_one();
  server_.stop();
  loop_.run();
  EXPECT_TRUE(error);
}

}  // namespace
}  // namespace sandbox
