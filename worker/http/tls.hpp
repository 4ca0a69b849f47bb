#pragma once

#include <string>

#include <boost/asio/ssl/context.hpp>

namespace http {

/// Settings of every TLS connection: the peer's chain is checked, TLS 1.2 or later.
///
/// `ca_file`: PEM, instead of the system's authorities; empty: the system's. Throws std::runtime_error where the
/// authorities cannot be loaded.
boost::asio::ssl::context make_tls_context(const std::string& ca_file);

}  // namespace http
