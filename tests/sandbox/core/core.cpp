#include "sandbox/core/core.hpp"

#include <algorithm>
#include <limits>
#include <utility>

#include "sandbox/core/control.hpp"
#include "sandbox/core/engine.hpp"
#include "sandbox/core/gate.hpp"
#include "sandbox/core/seeding.hpp"
#include "sandbox/core/times.hpp"
#include "sandbox/core/tokens.hpp"
#include "sandbox/core/world.hpp"

namespace sandbox {
namespace {

constexpr std::string_view token_path = "/oauth2/default/v1/token";

/// The time as the stand-in sees it; brings everything up to it.
Time reach(World& world, Time told) {
  world.latest = std::max(world.latest, told + world.offset);
  advance(world, world.latest);
  return world.latest;
}

Response process(World& world, const Request& request, Time now, RequestLine& line) {
  if (line.route != token_path) return api_call(world, request, now, line);
  if (request.method == "POST") return token_call(world, request, now, line);
  return {.status = 405, .headers = {}, .body = {}};
}

/// The answer, and what an armed fault makes of it.
Outcome answer(World& world, const Request& request, Time now, RequestLine& line) {
  const auto fault = world.faults.next(line.method, line.route, line.client, world.random);
  Outcome outcome;
  if (!fault) {
    outcome.response = process(world, request, now, line);
    return outcome;
  }
  outcome.latency = fault->latency;
  const bool answers_itself = fault->effect == Fault::Effect::answer || fault->effect == Fault::Effect::reset;
  Response response;
  if (fault->when == Fault::When::after || !answers_itself) response = process(world, request, now, line);
  alter(*fault, response);
  if (fault->effect != Fault::Effect::reset) outcome.response = std::move(response);
  return outcome;
}

void add_usual_headers(World& world, Time now, Response& response) {
  response.headers.emplace_back("Date", http_date(now + std::chrono::seconds{world.knobs.date_skew_s}));
  response.headers.emplace_back("x-amzn-RequestId", world.random.uuid());
}

}  // namespace

Core::Core(std::uint64_t seed) : world_{std::make_unique<World>(seed)} {}
Core::~Core() = default;

Outcome Core::handle(const Request& request, Time now) {
  const Time reached = reach(*world_, now);
  Outcome outcome;
  if (request.target.starts_with("/__sandbox/")) {
    outcome.response = control_call(*world_, request, reached);
    return outcome;
  }
  RequestLine line = describe(*world_, request, reached);
  outcome = answer(*world_, request, reached, line);
  line.status = outcome.response ? outcome.response->status : 0;
  if (line.route == token_path) {
    world_->books.token_call(line);
  } else {
    world_->books.api_call(line);
  }
  if (outcome.response) add_usual_headers(*world_, reached, *outcome.response);
  return outcome;
}

std::string Core::seed(const boost::json::value& what, Time now) {
  return sandbox::seed(*world_, what, reach(*world_, now));
}

std::string Core::arm(const boost::json::value& faults) { return world_->faults.arm(faults); }
Knobs& Core::knobs() { return world_->knobs; }
void Core::reset() { sandbox::reset(*world_); }

std::vector<Member> Core::members(std::string_view list_id, Time now) {
  reach(*world_, now);
  return sandbox::members(*world_, list_id, 0, std::numeric_limits<std::size_t>::max());
}

const std::vector<RequestLine>& Core::requests() const { return world_->books.requests(); }
Counters Core::counters() const { return world_->books.counters(); }

std::size_t Core::unfinished(Time now) {
  reach(*world_, now);
  std::size_t count = 0;
  for (const auto& [id, account] : world_->accounts) count += sandbox::unfinished(account);
  return count;
}

}  // namespace sandbox
