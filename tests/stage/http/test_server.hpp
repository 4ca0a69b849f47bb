#pragma once

#include <cstdint>
#include <deque>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include <boost/asio/awaitable.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/ssl/context.hpp>

namespace http {

/// A server on a port of loopback that does with each request what a test laid out.
class TestServer {
 public:
  /// When it acts, what it writes, and what it does then.
  struct Act {
    enum class After : std::uint8_t { whole_request, head };
    enum class Then : std::uint8_t { keep, close, reset, hang };

    After after = After::whole_request;
    std::string bytes{};
    Then then = Then::keep;
  };
  static std::string answer(const std::string& body, unsigned status = 200);

  struct Seen {
    std::size_t connection = 0;  ///< Counted from 0 in the order in which they were accepted.
    std::string method;
    std::string target;
    std::string agent;
    std::string body;
  };

  /// Without `tls` in the clear.
  TestServer(boost::asio::io_context& context, std::optional<boost::asio::ssl::context> tls = std::nullopt);

  void will(Act act) { acts_.push_back(std::move(act)); }
  unsigned short port() const { return acceptor_.local_endpoint().port(); }

  std::vector<Seen> seen;              ///< Complete requests only.
  std::size_t connections = 0;         ///< Accepted.
  std::vector<std::size_t> cut_short;  ///< Bytes of each request that ended before it was complete.

 private:
  boost::asio::awaitable<void> accept();
  boost::asio::awaitable<void> serve(boost::asio::ip::tcp::socket socket, std::size_t connection);
  template <class Stream>
  boost::asio::awaitable<void> converse(Stream* stream, boost::asio::ip::tcp::socket* socket, std::size_t connection);

  boost::asio::io_context& context_;
  std::optional<boost::asio::ssl::context> tls_;
  boost::asio::ip::tcp::acceptor acceptor_;
  std::deque<Act> acts_;
};

}  // namespace http
