#pragma once

#include <string>

namespace http {

struct CertifiedKey {
  std::string key;          ///< PEM.
  std::string certificate;  ///< PEM.
};

/// An authority of its own, made for one test.
class Authority {
 public:
  Authority();

  const std::string& certificate() const { return root_.certificate; }
  /// `names`: as OpenSSL writes alternative names, for example DNS:a.example,IP:127.0.0.1.
  CertifiedKey issue(const std::string& names) const;

 private:
  CertifiedKey root_;
};

}  // namespace http
