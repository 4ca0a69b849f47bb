#include "telemetry/admin_reply.hpp"

#include <utility>

namespace telemetry {
namespace {

constexpr std::string_view plain = "text/plain; charset=utf-8";

AdminReply in_words(unsigned status, std::string body) { return {status, std::string{plain}, std::move(body)}; }

AdminReply verdict(const std::vector<std::string>& problems) {
  if (problems.empty()) return in_words(200, "ok\n");
  std::string body;
  for (const std::string& problem : problems) body.append(problem).append("\n");
  return in_words(503, std::move(body));
}

}  // namespace

AdminReply admin_reply(std::string_view method, std::string_view target, const Probes& probes) {
  if (method != "GET" && method != "HEAD") return in_words(405, "only GET and HEAD\n");
  const std::string_view path = target.substr(0, target.find('?'));
  if (path == "/metrics") return {200, "text/plain; version=0.0.4; charset=utf-8", probes.metrics()};
  if (path == "/livez") return verdict(probes.not_alive());
  if (path == "/readyz") return verdict(probes.not_ready());
  return in_words(404, "there are /metrics, /livez and /readyz\n");
}

}  // namespace telemetry
