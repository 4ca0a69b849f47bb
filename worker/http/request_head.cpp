#include "http/request_head.hpp"

#include <algorithm>
#include <sstream>
#include <string_view>

#include <boost/beast/http/empty_body.hpp>
#include <boost/beast/http/message.hpp>
#include <boost/beast/http/write.hpp>

namespace http {
namespace beast = boost::beast;
namespace {

bool is_visible(unsigned char character) { return character > 0x20 && character < 0x7f; }

bool is_word(std::string_view text) { return !text.empty() && std::all_of(text.begin(), text.end(), is_visible); }

bool is_header(const Header& header) {
  const auto& [name, value] = header;
  return is_word(name) && name.find(':') == std::string::npos &&
         std::all_of(value.begin(), value.end(), [](char character) {
           return character == ' ' || is_visible(static_cast<unsigned char>(character));
         });
}

}  // namespace

std::optional<std::string> write_head(const Request& request, const std::string& authority,
                                      const std::string& user_agent) {
  const bool sound = is_word(request.method) && is_word(request.target) && request.target.starts_with('/') &&
                     std::all_of(request.headers.begin(), request.headers.end(), is_header);
  if (!sound) return std::nullopt;

  beast::http::request_header<> head;
  head.version(11);
  head.method_string(request.method);
  head.target(request.target);
  head.set(beast::http::field::host, authority);
  head.set(beast::http::field::user_agent, user_agent);
  for (const auto& [name, value] : request.headers) head.set(name, value);
  if (!request.body.empty() || request.method == "POST") {
    head.set(beast::http::field::content_length, std::to_string(body_bytes(request)));
  }
  std::ostringstream text;
  text << head;
  return text.str();
}

std::size_t body_bytes(const Request& request) {
  std::size_t bytes = 0;
  for (const auto& piece : request.body) bytes += piece.size();
  return bytes;
}

}  // namespace http
