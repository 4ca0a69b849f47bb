#include <array>

#include "constant_contact/token_client.hpp"
#include "fuzz/property.hpp"
#include "unit/constant_contact/fake_transport.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace std::chrono_literals;
  using Kind = delivery::TokenRefusal::Kind;
  using fuzz::require;
  constexpr std::array statuses{200U, 201U, 204U, 299U, 301U, 400U, 401U, 403U, 408U, 429U, 500U, 503U};

  auto body = fuzz::text(data, size);
  const std::size_t choice = fuzz::take_byte(body) % (statuses.size() + 1);
  constant_contact::FakeTransport transport;
  const unsigned status = choice < statuses.size() ? statuses[choice] : 0;
  if (status == 0) {
    transport.will_fail(static_cast<http::Failure::Kind>(fuzz::take_byte(body) % 3));
  } else {
    transport.will_answer(status, std::string{body});
  }
  constant_contact::TokenClient client{transport, "/token", {{{"app"}, "secret"}}};
  const auto fresh = constant_contact::run(client.refresh({"app"}, std::string{body}, [] { return true; }));
  require(transport.requests.size() == 1, "a refresh is one request");
  if (fresh) {
    require(status >= 200 && status < 300, "only a success gives a token");
    require(!fresh->secret.access_token.empty(), "a fresh token is one");
    require(!fresh->secret.refresh_token.empty(), "the refresh token is never lost");
    require(fresh->expires_in >= 1s && fresh->expires_in <= 24h * 365, "a token's life has bounds");
    return 0;
  }
  const auto kind = fresh.error().kind;
  require(fresh.error().detail.size() < 100, "a short word says why");
  require(kind != Kind::grant_dead || (status >= 400 && status < 500), "a grant dies only of an answer that says so");
  require(status < 200 || (status >= 300 && status < 500) || kind == Kind::ambiguous || kind == Kind::too_fast,
          "a grant that may have been spent is told");
  return 0;
}
