#include <filesystem>
#include <fstream>
#include <stdexcept>

#include <openssl/ssl.h>

#include "stage/http/certificate.hpp"
#include "stage/http/client_case.hpp"
#include "stage/http/test_server.hpp"

namespace http {
namespace {

namespace asio = boost::asio;
using Then = TestServer::Act::Then;

class TlsClient : public ClientCase {
 protected:
  void SetUp() override {
    settings.ca_file = (std::filesystem::path{testing::TempDir()} /
                        (std::string{"authority-"} + testing::UnitTest::GetInstance()->current_test_info()->name()))
                           .string();
    trust(authority);
  }
  void TearDown() override { std::filesystem::remove(settings.ca_file); }

  void trust(const Authority& trusted) { std::ofstream{settings.ca_file} << trusted.certificate(); }

  static asio::ssl::context identity(const CertifiedKey& key) {
    asio::ssl::context tls{asio::ssl::context::tls_server};
    tls.use_certificate(asio::buffer(key.certificate), asio::ssl::context::pem);
    tls.use_private_key(asio::buffer(key.key), asio::ssl::context::pem);
    return tls;
  }
  Client client(const TestServer& server, std::string host = "localhost") {
    BaseUrl url{BaseUrl::Scheme::https, std::move(host), std::to_string(server.port()), ""};
    return Client{context.get_executor(), std::move(url), settings};
  }

  Authority authority;
};

TEST_F(TlsClient, SpeaksToAHostThatItsAuthorityVouchesFor) {
  for (const std::string host : {"localhost", "127.0.0.1"}) {
    TestServer server{context, identity(authority.issue("DNS:localhost,IP:127.0.0.1"))};
    auto http = client(server, host);
    const std::string body(3'000'000, 'x');
    server.will({.bytes = TestServer::answer("posted")});
    server.will({.bytes = TestServer::answer("got")});
    server.will({.bytes = TestServer::answer("got again")});
    EXPECT_EQ(text(send(http, post({"a", body, "b"}))), "posted");
    EXPECT_EQ(text(send(http, get())), "got");
    EXPECT_EQ(text(send(http, get())), "got again");
    EXPECT_EQ(server.connections, 1U);
    ASSERT_EQ(server.seen.size(), 3U);
    EXPECT_EQ(server.seen[0].body.size(), body.size() + 2);
    context.poll();
  }
}

TEST_F(TlsClient, RefusesACertificateOfAnUnknownAuthority) {
  TestServer server{context, identity(authority.issue("DNS:localhost"))};
  trust(Authority{});
  auto http = client(server);
  const auto refused = send(http, get());
  EXPECT_EQ(kind(refused), Kind::nothing_sent);
  EXPECT_NE(refused.error().detail.find("certificate"), std::string::npos);
  EXPECT_TRUE(server.seen.empty());
}

TEST_F(TlsClient, RefusesACertificateOfAnotherHost) {
  TestServer server{context, identity(authority.issue("DNS:other.example,IP:127.0.0.2"))};
  for (const std::string host : {"localhost", "127.0.0.1"}) {
    auto http = client(server, host);
    const auto refused = send(http, get());
    EXPECT_EQ(kind(refused), Kind::nothing_sent);
    EXPECT_NE(refused.error().detail.find("mismatch"), std::string::npos) << refused.error().detail;
  }
  EXPECT_TRUE(server.seen.empty());
}

TEST_F(TlsClient, RefusesAnOlderProtocolThanOneTwo) {
  auto tls = identity(authority.issue("DNS:localhost"));
  // Level 0 lets the server itself offer 1.1.
  ::SSL_CTX_set_security_level(tls.native_handle(), 0);
  ::SSL_CTX_set_max_proto_version(tls.native_handle(), TLS1_1_VERSION);
  TestServer server{context, std::move(tls)};
  auto http = client(server);
  EXPECT_EQ(kind(send(http, get())), Kind::nothing_sent);
}

TEST_F(TlsClient, TakesAHandshakeThatDoesNotEndInTimeForNothingSent) {
  settings.request_timeout = 100ms;
  asio::ip::tcp::acceptor silent{context, {asio::ip::address_v4::loopback(), 0}};
  const BaseUrl url{BaseUrl::Scheme::https, "127.0.0.1", std::to_string(silent.local_endpoint().port()), ""};
  Client http{context.get_executor(), url, settings};
  EXPECT_EQ(kind(send(http, post({"x"}))), Kind::nothing_sent);
}

TEST_F(TlsClient, TakesAnAnswerThatIsCutForPerhapsTaken) {
  TestServer server{context, identity(authority.issue("DNS:localhost"))};
  auto http = client(server);
  for (const auto end : {Then::close, Then::reset}) {
    server.will({.then = end});
    EXPECT_EQ(kind(send(http, post({"x"}))), Kind::perhaps_taken);
    // A body without a length ends with the connection, which without TLS's own farewell anybody could have cut.
    server.will({.bytes = "HTTP/1.1 200 OK\r\n\r\nhalf", .then = end});
    EXPECT_EQ(kind(send(http, post({"x"}))), Kind::perhaps_taken);
  }
}

TEST_F(TlsClient, LeavesARequestIncompleteWhereItMayNotEnd) {
  TestServer server{context, identity(authority.issue("DNS:localhost"))};
  auto http = client(server);
  auto request = post({"abc"});
  request.may_send = [left = 1]() mutable { return left-- > 0; };
  EXPECT_EQ(kind(send(http, std::move(request))), Kind::forbidden);
  run_until([&] { return server.cut_short.size() == 1; });
  EXPECT_EQ(server.cut_short, (std::vector<std::size_t>{2}));
  EXPECT_TRUE(server.seen.empty());
}

TEST_F(TlsClient, DoesNotBeginWithoutItsAuthorities) {
  const auto make = [&] { return Client{context.get_executor(), BaseUrl{}, settings}; };
  settings.ca_file += "-missing";
  EXPECT_THROW(make(), std::runtime_error);
}

}  // namespace
}  // namespace http
