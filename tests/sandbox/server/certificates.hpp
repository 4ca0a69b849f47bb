#pragma once

#include <string>

namespace sandbox {

/// A private authority and what it signed for this server; all PEM.
struct Certificates {
  std::string authority;
  std::string certificate;  ///< For 127.0.0.1, ::1, localhost and `address`.
  std::string key;
};

/// Makes new ones, good for ten years; the authority's key is forgotten.
///
/// Errors: throws std::runtime_error where OpenSSL fails.
Certificates make_certificates(const std::string& address);

}  // namespace sandbox
