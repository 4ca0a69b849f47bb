#pragma once

#include <functional>
#include <map>
#include <string>

#include "delivery/token_api.hpp"
#include "http/transport.hpp"

namespace constant_contact {

/// The vendor's token host: the refresh grant with HTTP Basic. Threads: the transport's.
class TokenClient : public delivery::TokenApi {
 public:
  /// `path`: of the token URL. `secrets`: the client secret of each application that may be asked for.
  TokenClient(http::Transport& transport, std::string path, std::map<run::ApplicationId, std::string> secrets);

  boost::asio::awaitable<boost::system::result<delivery::FreshToken, delivery::TokenRefusal>> refresh(
      run::ApplicationId application, std::string refresh_token, std::function<bool()> may_send) override;

 private:
  http::Transport& transport_;
  std::string path_;
  std::map<run::ApplicationId, std::string> secrets_;
};

}  // namespace constant_contact
