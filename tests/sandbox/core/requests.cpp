#include "sandbox/core/requests.hpp"

#include <algorithm>
#include <cctype>
#include <charconv>

#include <boost/url/encoding_opts.hpp>
#include <boost/url/params_encoded_view.hpp>
#include <boost/url/parse.hpp>
#include <boost/url/parse_query.hpp>
#include <boost/url/url_view.hpp>

namespace sandbox {
namespace {

std::map<std::string, std::string> read_params(const boost::urls::params_encoded_view& params) {
  boost::urls::encoding_opts plus_is_blank;
  plus_is_blank.space_as_plus = true;
  std::map<std::string, std::string> values;
  for (const auto param : params) values.emplace(param.key.decode(plus_is_blank), param.value.decode(plus_is_blank));
  return values;
}

}  // namespace

std::string_view header(const Request& request, std::string_view name) {
  const std::string wanted = lower(name);
  for (const auto& [key, value] : request.headers) {
    if (lower(key) == wanted) return value;
  }
  return {};
}

std::string media_type(const Request& request) { return lower(header(request, "Content-Type")); }

std::string lower(std::string_view text) {
  std::string result{text};
  std::transform(result.begin(), result.end(), result.begin(), [](unsigned char character) {
    return static_cast<char>(character < 0x80 ? std::tolower(character) : character);
  });
  return result;
}

std::string_view trim(std::string_view text) {
  constexpr std::string_view blanks = " \t\r\n\v\f";
  const auto first = text.find_first_not_of(blanks);
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(blanks) - first + 1);
}

std::vector<std::string_view> split(std::string_view text, char separator) {
  std::vector<std::string_view> pieces;
  while (true) {
    const auto at = text.find(separator);
    if (const auto piece = trim(text.substr(0, at)); !piece.empty()) pieces.push_back(piece);
    if (at == std::string_view::npos) return pieces;
    text.remove_prefix(at + 1);
  }
}

std::map<std::string, std::string> read_form(std::string_view body) {
  const auto params = boost::urls::parse_query(trim(body));
  return params ? read_params(*params) : std::map<std::string, std::string>{};
}

std::optional<Target> read_target(std::string_view target) {
  const auto url = boost::urls::parse_origin_form(target);
  if (!url) return std::nullopt;
  return Target{url->path(), read_params(url->encoded_params())};
}

std::optional<std::size_t> number_within(const std::map<std::string, std::string>& query, const std::string& name,
                                         std::size_t fallback, std::size_t least, std::size_t most) {
  const auto found = query.find(name);
  if (found == query.end()) return fallback;
  const std::string& text = found->second;
  std::size_t number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc{} || end != text.data() + text.size() || number < least || number > most) return std::nullopt;
  return number;
}

}  // namespace sandbox
