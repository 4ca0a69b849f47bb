#include "constant_contact/token_client.hpp"

#include <algorithm>
#include <utility>

#include <boost/url/encode.hpp>
#include <boost/url/rfc/unreserved_chars.hpp>
#include <openssl/evp.h>

#include "constant_contact/answers.hpp"
#include "constant_contact/errors.hpp"

namespace constant_contact {
namespace asio = boost::asio;
namespace {

/// What is documented, where an answer does not say it; a token that dies earlier is answered with 401 and refreshed.
constexpr long usual_life_seconds = 86'400;
constexpr long longest_life_seconds = 365 * usual_life_seconds;

std::string base64(const std::string& text) {
  // One byte more for the zero at the end that OpenSSL writes.
  std::string encoded(4 * ((text.size() + 2) / 3) + 1, '\0');
  EVP_EncodeBlock(reinterpret_cast<unsigned char*>(encoded.data()), reinterpret_cast<const unsigned char*>(text.data()),
                  static_cast<int>(text.size()));
  encoded.pop_back();
  return encoded;
}

http::Request refresh_request(const std::string& path, const std::string& client_id, const std::string& secret,
                              const std::string& refresh_token) {
  http::Request request;
  request.method = "POST";
  request.target = path.empty() ? "/" : path;
  request.headers = {{"Authorization", "Basic " + base64(client_id + ":" + secret)},
                     {"Accept", "application/json"},
                     {"Content-Type", "application/x-www-form-urlencoded"}};
  request.body = {"grant_type=refresh_token&refresh_token=" +
                  boost::urls::encode(refresh_token, boost::urls::unreserved_chars)};
  return request;
}

}  // namespace

TokenClient::TokenClient(http::Transport& transport, std::string path,
                         std::map<run::ApplicationId, std::string> secrets)
    : transport_{transport}, path_{std::move(path)}, secrets_{std::move(secrets)} {}

asio::awaitable<boost::system::result<delivery::FreshToken, delivery::TokenRefusal>> TokenClient::refresh(
    run::ApplicationId application, std::string refresh_token, std::function<bool()> may_send) {
  const auto secret = secrets_.find(application);
  if (secret == secrets_.end()) {
    delivery::TokenRefusal unknown{delivery::TokenRefusal::Kind::client_refused, "no client secret of the application"};
    co_return unknown;
  }
  auto request = refresh_request(path_, application.value, secret->second, refresh_token);
  request.may_send = std::move(may_send);
  const auto response = co_await transport_.send(std::move(request));
  if (!response) co_return refusal_of(response.error());
  if (response->status < 200 || response->status >= 300) co_return refusal_of(response->status, response->body);
  auto answer = read_token(response->body);
  if (!answer) co_return refusal_of(response->status, response->body);

  delivery::FreshToken fresh;
  fresh.secret.access_token = std::move(answer->access_token);
  // Long-lived tokens come back unchanged, and RFC 6749 lets an answer leave out one that stays.
  fresh.secret.refresh_token =
      answer->refresh_token.empty() ? std::move(refresh_token) : std::move(answer->refresh_token);
  fresh.secret.scope = std::move(answer->scope);
  const long life = answer->expires_in_seconds > 0 ? answer->expires_in_seconds : usual_life_seconds;
  fresh.expires_in = std::chrono::seconds{std::min(life, longest_life_seconds)};
  co_return fresh;
}

}  // namespace constant_contact
