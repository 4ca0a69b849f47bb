#include "http/tls.hpp"

#include <stdexcept>

#include <boost/system/error_code.hpp>
#include <openssl/ssl.h>

namespace http {
namespace ssl = boost::asio::ssl;

ssl::context make_tls_context(const std::string& ca_file) {
  ssl::context context{ssl::context::tls_client};
  ::SSL_CTX_set_min_proto_version(context.native_handle(), TLS1_2_VERSION);
  context.set_verify_mode(ssl::verify_peer);
  boost::system::error_code error;
  if (ca_file.empty()) {
    context.set_default_verify_paths(error);
    if (error) throw std::runtime_error{"the system's certificate authorities cannot be loaded: " + error.message()};
  } else {
    context.load_verify_file(ca_file, error);
    if (error) {
      throw std::runtime_error{"no certificate authority can be loaded from '" + ca_file +
                               "', which must be a readable PEM file: " + error.message()};
    }
  }
  return context;
}

}  // namespace http
