#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace telemetry {

/// What the admin port can be asked.
///
/// Threads: called on the admin thread; must not wait for a stage.
struct Probes {
  std::function<std::string()> metrics;                 ///< In Prometheus' text format.
  std::function<std::vector<std::string>()> not_alive;  ///< Why the process should be restarted; empty: alive.
  std::function<std::vector<std::string>()> not_ready;  ///< Why no work may be expected of it yet; empty: ready.
};

struct AdminReply {
  unsigned status = 200;
  std::string content_type;
  std::string body;
};

/// Answers GET and HEAD of /metrics, /livez and /readyz.
AdminReply admin_reply(std::string_view method, std::string_view target, const Probes& probes);

}  // namespace telemetry
