#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <utility>
#include <vector>

#include <boost/asio/awaitable.hpp>
#include <boost/system/result.hpp>

namespace http {

using Header = std::pair<std::string, std::string>;

/// One request to one host; the host is the transport's.
struct Request {
  std::string method = "GET";
  std::string target;  ///< Path and query, percent-encoded.
  std::vector<Header> headers;
  std::vector<std::string> body;  ///< Pieces that are written one after the other; empty: no body.
  /// Awaited once the connection stands, so that what the caller paces leaves at once. Empty: nothing is waited for.
  std::function<boost::asio::awaitable<void>()> wait_for_turn;
  /// Asked after that and before the first byte, and again before the last one, so that what is
  /// refused in between is never a complete request. Empty: always.
  std::function<bool()> may_send;
};

struct Response {
  unsigned status = 0;
  std::vector<Header> headers;
  std::string body;
};

/// Why a request got no whole answer. `detail` holds neither body nor address of a person.
struct Failure {
  enum class Kind : std::uint8_t {
    nothing_sent,   ///< The other side cannot have seen a complete request.
    perhaps_taken,  ///< It may have acted on the request.
    forbidden,      ///< `may_send` said no; the other side cannot have seen a complete request.
  };
  Kind kind = Kind::perhaps_taken;
  std::string detail;
};

[[noreturn]] void throw_exception_from_error(const Failure& failure, const boost::source_location& where);

template <class T>
using Result = boost::system::result<T, Failure>;

/// Real: http::Client (Beast, TLS). Simulation: the stand-in's core in virtual time.
///
/// Deadline: the request time-out of the transport's settings, over everything from the name look-up to the last byte.
/// Cancelling: operation_aborted. Requests other than GET never go on a connection that was used before.
class Transport {
 public:
  virtual ~Transport() = default;

  virtual boost::asio::awaitable<Result<Response>> send(Request request) = 0;
};

}  // namespace http
