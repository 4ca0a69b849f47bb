#include "http/base_url.hpp"

#include <charconv>
#include <optional>
#include <stdexcept>
#include <system_error>

#include <boost/url/ipv4_address.hpp>
#include <boost/url/parse.hpp>
#include <boost/url/url_view.hpp>

namespace http {
namespace urls = boost::urls;
namespace {

std::string_view default_port(BaseUrl::Scheme scheme) { return scheme == BaseUrl::Scheme::https ? "443" : "80"; }

bool is_ipv6(const BaseUrl& url) { return url.host.find(':') != std::string::npos; }

/// Letters, digits, `-`, `_` and dots: a name in any other form is no use to a name server.
bool is_name(std::string_view host) {
  return !host.empty() && host.find_first_not_of("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_.") ==
                              std::string_view::npos;
}

/// Boost.URL 1.81 cuts a port to 16 bits and takes one that is no number for a path.
std::optional<std::uint16_t> read_port(std::string_view digits) {
  std::uint16_t port = 0;
  const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), port);
  if (error != std::errc{} || end != digits.data() + digits.size() || port == 0) return std::nullopt;
  return port;
}

}  // namespace

void throw_exception_from_error(const BadUrl& bad, const boost::source_location&) {
  throw std::logic_error("a URL was read that is not there: " + bad.what);
}

std::string authority(const BaseUrl& url) {
  std::string text = is_ipv6(url) ? "[" + url.host + "]" : url.host;
  if (url.port != default_port(url.scheme)) text += ":" + url.port;
  return text;
}

bool is_address(const BaseUrl& url) { return is_ipv6(url) || urls::parse_ipv4_address(url.host).has_value(); }

boost::system::result<BaseUrl, BadUrl> parse_base_url(std::string_view text) {
  const auto parsed = urls::parse_absolute_uri(text);
  if (!parsed) return BadUrl{"not a URL; write for example https://api.example.com/v3"};
  BaseUrl url;
  switch (parsed->scheme_id()) {
    case urls::scheme::https:
      url.scheme = BaseUrl::Scheme::https;
      break;
    case urls::scheme::http:
      url.scheme = BaseUrl::Scheme::http;
      break;
    default:
      return BadUrl{"the URL must begin with https:// or http://"};
  }
  if (parsed->has_userinfo()) return BadUrl{"the URL must not hold a user or a password"};
  if (parsed->has_query()) return BadUrl{"the URL must not hold a query"};
  const bool ipv6 = parsed->host_type() == urls::host_type::ipv6;
  url.host = parsed->host_address();
  if (!ipv6 && !is_name(url.host)) return BadUrl{"the URL names no host"};
  url.port = default_port(url.scheme);
  if (parsed->has_port()) {
    const auto port = read_port(parsed->port());
    if (!port) return BadUrl{"the URL's port must be between 1 and 65535"};
    url.port = std::to_string(*port);
  }
  url.path = parsed->encoded_path();
  while (url.path.ends_with('/')) url.path.pop_back();
  return url;
}

}  // namespace http
