#pragma once

#include <chrono>
#include <cstddef>
#include <string>

namespace http {

struct Settings {
  std::chrono::milliseconds request_timeout{30'000};  ///< Over everything from the name look-up to the last byte.
  std::chrono::milliseconds connect_timeout{5'000};   ///< Of one address of the host.
  std::chrono::milliseconds idle_timeout{15'000};     ///< How long a connection is kept for the next GET.
  std::size_t max_idle_connections = 4;
  std::size_t max_response_bytes = 8 * 1024 * 1024;  ///< Of the body.
  std::string ca_file;                               ///< PEM; instead of the system's authorities. Empty: the system's.
  std::string user_agent = "segment-export";
};

}  // namespace http
