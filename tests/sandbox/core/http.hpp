#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace sandbox {

using Time = std::chrono::sys_time<std::chrono::milliseconds>;
using Header = std::pair<std::string, std::string>;

struct Request {
  std::string method;
  std::string target;  ///< Path and query, percent-encoded.
  std::vector<Header> headers;
  std::string body;
};

struct Response {
  unsigned status = 200;
  std::vector<Header> headers;
  std::string body;
};

/// What the server does with a request.
struct Outcome {
  std::optional<Response> response;      ///< None: the connection is reset.
  std::chrono::milliseconds latency{0};  ///< How long it takes until it does so.
};

}  // namespace sandbox
