#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include <boost/system/result.hpp>

namespace http {

/// Where a service lives: http[s]://host[:port][/path]. No user, query or fragment.
struct BaseUrl {
  enum class Scheme : std::uint8_t { http, https };

  Scheme scheme = Scheme::https;
  std::string host;  ///< A name or an address, IPv6 without its brackets.
  std::string port;  ///< Decimal, never empty.
  std::string path;  ///< Percent-encoded; empty or /…, without a slash at its end.

  bool operator==(const BaseUrl&) const = default;
};

/// As the Host header has it: without the port where it is the scheme's own.
std::string authority(const BaseUrl& url);

bool is_address(const BaseUrl& url);

/// What is wrong with a URL, for people; does not repeat it.
struct BadUrl {
  std::string what;
};
[[noreturn]] void throw_exception_from_error(const BadUrl& bad, const boost::source_location& where);

boost::system::result<BaseUrl, BadUrl> parse_base_url(std::string_view text);

}  // namespace http
