#pragma once

#include <string>

namespace constant_contact {

/// Both are http::parse_base_url's; the path of each goes to the client that is made for it.
struct Settings {
  std::string api_url = "https://api.cc.email/v3";
  std::string token_url = "https://authz.constantcontact.com/oauth2/default/v1/token";
};

}  // namespace constant_contact
