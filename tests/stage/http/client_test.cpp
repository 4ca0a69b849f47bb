#include "http/client.hpp"

#include <boost/asio/bind_cancellation_slot.hpp>
#include <boost/asio/cancellation_signal.hpp>
#include <boost/asio/error.hpp>
#include <boost/system/system_error.hpp>

#include "stage/http/client_case.hpp"
#include "stage/http/test_server.hpp"

namespace http {
namespace {

namespace asio = boost::asio;
using After = TestServer::Act::After;
using Then = TestServer::Act::Then;

/// Says yes so many times, then no.
std::function<bool()> yes(int times) {
  return [left = times]() mutable { return left-- > 0; };
}

class HttpClient : public ClientCase {
 protected:
  Client client() { return Client{context.get_executor(), url(), settings}; }
  BaseUrl url() const { return {BaseUrl::Scheme::http, "127.0.0.1", std::to_string(server.port()), ""}; }

  TestServer server{context};
};

TEST_F(HttpClient, SendsARequestAndReadsItsAnswer) {
  auto http = client();
  server.will({.bytes = TestServer::answer("hello", 201)});
  const auto response = send(http, post({"abc", "", "def"}));
  ASSERT_TRUE(response) << response.error().detail;
  EXPECT_EQ(response->status, 201U);
  EXPECT_EQ(response->body, "hello");
  EXPECT_EQ(response->headers.front(), (Header{"X-Test", "yes"}));
  ASSERT_EQ(server.seen.size(), 1U);
  EXPECT_EQ(server.seen[0].method, "POST");
  EXPECT_EQ(server.seen[0].target, "/things");
  EXPECT_EQ(server.seen[0].agent, "segment-export");
  EXPECT_EQ(server.seen[0].body, "abcdef");
}

TEST_F(HttpClient, FindsAHostByItsName) {
  auto by_name = url();
  by_name.host = "localhost";
  Client http{context.get_executor(), by_name, settings};
  server.will({.bytes = TestServer::answer("hello")});
  const auto response = send(http, get());
  EXPECT_TRUE(response) << response.error().detail;
}

TEST_F(HttpClient, UsesAConnectionAgainForAGetOnly) {
  auto http = client();
  for (int request = 0; request < 5; ++request) server.will({.bytes = TestServer::answer("x")});
  for (auto request : {get(), get(), post({"x"}), post({"x"}), get()}) EXPECT_TRUE(send(http, std::move(request)));
  std::vector<std::size_t> connections;
  for (const auto& seen : server.seen) connections.push_back(seen.connection);
  EXPECT_EQ(connections, (std::vector<std::size_t>{0, 0, 1, 2, 2}));
}

TEST_F(HttpClient, KeepsNoConnectionThatTheServerCloses) {
  auto http = client();
  server.will({.bytes = "HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 0\r\n\r\n", .then = Then::close});
  server.will({.bytes = TestServer::answer("x")});
  EXPECT_TRUE(send(http, get()));
  EXPECT_TRUE(send(http, get()));
  EXPECT_EQ(server.connections, 2U);
}

TEST_F(HttpClient, LeavesTheRepeatOfAGetToItsCallerWhereTheKeptConnectionIsDead) {
  auto http = client();
  for (const auto death : {Then::close, Then::reset}) {
    server.will({.bytes = TestServer::answer("first"), .then = death});
    server.will({.bytes = TestServer::answer("second")});
    EXPECT_EQ(text(send(http, get())), "first");
    EXPECT_FALSE(send(http, get()));
    EXPECT_EQ(text(send(http, get())), "second");
    server.will({.bytes = "HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 0\r\n\r\n", .then = Then::close});
    EXPECT_TRUE(send(http, get()));
  }
}

TEST_F(HttpClient, RepeatsNoGetThatDiesOnAFreshConnection) {
  auto http = client();
  server.will({.then = Then::reset});
  EXPECT_EQ(kind(send(http, get())), Kind::perhaps_taken);
  EXPECT_EQ(server.seen.size(), 1U);
}

TEST_F(HttpClient, RepeatsNoGetWhoseAnswerHasBegun) {
  auto http = client();
  server.will({.bytes = TestServer::answer("x")});
  server.will({.bytes = "HTTP/1.1 200 OK\r\nContent-Le", .then = Then::close});
  EXPECT_TRUE(send(http, get()));
  EXPECT_EQ(kind(send(http, get())), Kind::perhaps_taken);
  EXPECT_EQ(server.connections, 1U);
}

TEST_F(HttpClient, TakesARefusedConnectionForNothingSent) {
  BaseUrl nobody = url();
  {
    const TestServer gone{context};
    nobody.port = std::to_string(gone.port());
    context.poll();
  }
  Client http{context.get_executor(), nobody, settings};
  EXPECT_EQ(kind(send(http, post({"x"}))), Kind::nothing_sent);
}

TEST_F(HttpClient, TakesAnUnknownHostForNothingSent) {
  BaseUrl nobody = url();
  // Too long for a name server to be asked.
  nobody.host = std::string(64, 'a') + ".invalid";
  Client http{context.get_executor(), nobody, settings};
  EXPECT_EQ(kind(send(http, post({"x"}))), Kind::nothing_sent);
}

TEST_F(HttpClient, TakesAnAnswerThatDoesNotComeInTimeForPerhapsTaken) {
  settings.request_timeout = 100ms;
  auto http = client();
  server.will({.then = Then::hang});
  EXPECT_EQ(kind(send(http, post({"x"}))), Kind::perhaps_taken);
  server.will({.bytes = "HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhalf", .then = Then::hang});
  EXPECT_EQ(kind(send(http, post({"x"}))), Kind::perhaps_taken);
  EXPECT_EQ(server.seen.size(), 2U);
}

TEST_F(HttpClient, TakesABodyThatIsNotReadInTimeForNothingSent) {
  settings.request_timeout = 100ms;
  auto http = client();
  server.will({.after = After::head, .then = Then::hang});
  EXPECT_EQ(kind(send(http, post({std::string(32'000'000, 'x')}))), Kind::nothing_sent);
}

TEST_F(HttpClient, TakesAResetBeforeOrInTheAnswerForPerhapsTaken) {
  auto http = client();
  server.will({.then = Then::reset});
  EXPECT_EQ(kind(send(http, post({"x"}))), Kind::perhaps_taken);
  server.will({.bytes = "HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhalf", .then = Then::reset});
  EXPECT_EQ(kind(send(http, post({"x"}))), Kind::perhaps_taken);
  server.will({.bytes = "no answer at all\r\n\r\n", .then = Then::close});
  EXPECT_EQ(kind(send(http, post({"x"}))), Kind::perhaps_taken);
}

TEST_F(HttpClient, ReadsAnAnswerThatComesBeforeTheBodyIsOut) {
  auto http = client();
  server.will({.after = After::head, .bytes = TestServer::answer("too large", 413), .then = Then::close});
  const auto response = send(http, post({std::string(32'000'000, 'x')}));
  ASSERT_TRUE(response) << response.error().detail;
  EXPECT_EQ(response->status, 413U);
}

TEST_F(HttpClient, PassesOverAnInterimAnswer) {
  auto http = client();
  server.will({.bytes = "HTTP/1.1 100 Continue\r\n\r\n" + TestServer::answer("x")});
  EXPECT_EQ(text(send(http, get())), "x");
}

TEST_F(HttpClient, ReadsNoMoreOfABodyThanItsBound) {
  settings.max_response_bytes = 10;
  auto http = client();
  server.will({.bytes = TestServer::answer(std::string(10, 'x'))});
  EXPECT_TRUE(send(http, post({"x"})));
  server.will({.bytes = TestServer::answer(std::string(11, 'x'))});
  EXPECT_EQ(kind(send(http, post({"x"}))), Kind::perhaps_taken);
  server.will({.bytes = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nb\r\n12345678901\r\n0\r\n\r\n"});
  EXPECT_EQ(kind(send(http, post({"x"}))), Kind::perhaps_taken);
}

TEST_F(HttpClient, SendsNoByteWhereItMayNotBegin) {
  auto http = client();
  for (auto request : {get(), post({"abc"})}) {
    request.may_send = yes(0);
    EXPECT_EQ(kind(send(http, std::move(request))), Kind::forbidden);
  }
  run_until([&] { return server.connections == 2; });
  context.poll();
  EXPECT_TRUE(server.seen.empty());
  EXPECT_TRUE(server.cut_short.empty());
}

TEST_F(HttpClient, LeavesARequestIncompleteWhereItMayNotEnd) {
  auto http = client();
  for (auto request : {post({"abc"}), post({"ab", "c", ""}), post({"a"}), get()}) {
    request.may_send = yes(1);
    EXPECT_EQ(kind(send(http, std::move(request))), Kind::forbidden);
  }
  run_until([&] { return server.cut_short.size() == 4; });
  EXPECT_EQ(server.cut_short, (std::vector<std::size_t>{2, 2, 0, 0}));
  EXPECT_TRUE(server.seen.empty());
}

TEST_F(HttpClient, WaitsForItsTurnOnceTheConnectionStands) {
  auto http = client();
  server.will({.bytes = TestServer::answer("x")});
  auto request = post({"abc"});
  bool asked = false;
  request.may_send = [&asked] { return asked = true; };
  request.wait_for_turn = [&]() -> asio::awaitable<void> {
    EXPECT_FALSE(asked);
    asio::steady_timer turn{context};
    while (server.connections == 0) {
      turn.expires_after(std::chrono::milliseconds{1});
      co_await turn.async_wait(asio::use_awaitable);
    }
    EXPECT_TRUE(server.seen.empty());
  };
  EXPECT_TRUE(send(http, std::move(request)));
  EXPECT_TRUE(asked);
}

TEST_F(HttpClient, AsksTwiceForEachTry) {
  auto http = client();
  server.will({.bytes = TestServer::answer("x")});
  auto request = post({"abc"});
  int asked = 0;
  request.may_send = [&asked] { return ++asked > 0; };
  EXPECT_TRUE(send(http, std::move(request)));
  EXPECT_EQ(asked, 2);
}

TEST_F(HttpClient, OpensNoConnectionForARequestThatCannotBeWritten) {
  auto http = client();
  auto request = get();
  request.headers = {{"Authorization", "Bearer a\r\nX: y"}};
  EXPECT_EQ(kind(send(http, std::move(request))), Kind::nothing_sent);
  EXPECT_EQ(server.connections, 0U);
}

TEST_F(HttpClient, ThrowsWhenItIsCancelled) {
  auto http = client();
  server.will({.then = Then::hang});
  asio::cancellation_signal cancel;
  std::exception_ptr failure;
  bool ended = false;
  asio::co_spawn(context, http.send(post({"x"})),
                 asio::bind_cancellation_slot(cancel.slot(), [&](std::exception_ptr thrown, Result<Response>) {
                   failure = thrown;
                   ended = true;
                 }));
  run_until([&] { return server.seen.size() == 1; });
  cancel.emit(asio::cancellation_type::terminal);
  run_until([&] { return ended; });
  ASSERT_TRUE(failure);
  try {
    std::rethrow_exception(failure);
  } catch (const boost::system::system_error& error) {
    EXPECT_EQ(error.code(), asio::error::operation_aborted);
  }
}

}  // namespace
}  // namespace http
