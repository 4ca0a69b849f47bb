#pragma once

#include <chrono>
#include <functional>
#include <string>
#include <utility>

#include <boost/asio/awaitable.hpp>

#include "delivery/token_api.hpp"

namespace support {

/// A token host whose refresh tokens are single use: `refresh-0` gives `access-1` and `refresh-1`, and so on.
class FakeTokenApi : public delivery::TokenApi {
 public:
  using Way = std::function<boost::asio::awaitable<void>()>;
  explicit FakeTokenApi(Way way) : way_{std::move(way)} {}

  std::size_t calls = 0;
  std::size_t reused = 0;
  unsigned generation = 0;
  std::chrono::seconds expires_in{std::chrono::hours{24}};

  boost::asio::awaitable<boost::system::result<delivery::FreshToken, delivery::TokenRefusal>> refresh(
      run::ApplicationId, std::string refresh_token, std::function<bool()>) override {
    co_await way_();
    ++calls;
    if (refresh_token != "refresh-" + std::to_string(generation)) {
      ++reused;
      delivery::TokenRefusal dead{delivery::TokenRefusal::Kind::grant_dead, "invalid_grant"};
      co_return dead;
    }
    ++generation;
    delivery::FreshToken fresh;
    fresh.secret.access_token = "access-" + std::to_string(generation);
    fresh.secret.refresh_token = "refresh-" + std::to_string(generation);
    fresh.expires_in = expires_in;
    co_return fresh;
  }

 private:
  Way way_;
};

}  // namespace support
