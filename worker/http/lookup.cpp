#include "http/lookup.hpp"

#include <utility>

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/ip/address.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/system/system_error.hpp>

namespace http {
namespace asio = boost::asio;
namespace {

using asio::ip::tcp;

/// Held by the look-up and by who waits for it, whichever ends last.
struct Pending {
  Pending(const asio::any_io_executor& executor, std::chrono::steady_clock::time_point until)
      : resolver{executor}, timer{executor, until} {}

  tcp::resolver resolver;
  asio::steady_timer timer;  ///< Ends early when the answer is there.
  bool answered = false;
  boost::system::error_code error;
  Endpoints endpoints;
};

void start(const std::shared_ptr<Pending>& pending, const BaseUrl& url) {
  const auto flags = tcp::resolver::numeric_service | tcp::resolver::address_configured;
  pending->resolver.async_resolve(url.host, url.port, flags,
                                  [pending](boost::system::error_code error, const tcp::resolver::results_type& found) {
                                    pending->answered = true;
                                    pending->error = error;
                                    for (const auto& entry : found) pending->endpoints.push_back(entry.endpoint());
                                    pending->timer.cancel();
                                  });
}

}  // namespace

asio::awaitable<boost::system::result<Endpoints>> look_up(asio::any_io_executor executor, BaseUrl url,
                                                          std::chrono::steady_clock::time_point until) {
  // An address needs no name server, and `address_configured` would refuse that of a loopback alone.
  boost::system::error_code not_an_address;
  const auto address = asio::ip::make_address(url.host, not_an_address);
  if (!not_an_address) {
    Endpoints one{tcp::endpoint{address, static_cast<asio::ip::port_type>(std::stoul(url.port))}};
    co_return one;
  }
  const auto pending = std::make_shared<Pending>(executor, until);
  start(pending, url);
  const auto [ended] = co_await pending->timer.async_wait(asio::as_tuple(asio::use_awaitable));
  if (pending->answered) {
    if (pending->error) co_return pending->error;
    co_return std::move(pending->endpoints);
  }
  pending->resolver.cancel();
  if (ended) throw boost::system::system_error{ended};
  co_return boost::system::error_code{asio::error::timed_out};
}

}  // namespace http
