#include "simulation/sandbox_transport.hpp"

#include <optional>
#include <utility>

namespace simulation {
namespace asio = boost::asio;
namespace {

using namespace std::chrono_literals;

/// Both ends of one request; the vendor's goes on when ours has gone.
struct Exchange {
  explicit Exchange(asio::any_io_executor executor) : told{std::move(executor)} {}

  support::Bell told;
  std::optional<sandbox::Outcome> outcome{};
  bool timed_out = false;
};

sandbox::Request to_sandbox(http::Request request) {
  sandbox::Request same{std::move(request.method), std::move(request.target), std::move(request.headers), {}};
  for (const auto& piece : request.body) same.body += piece;
  return same;
}

http::Result<http::Response> to_answer(const Exchange& exchange) {
  if (!exchange.outcome) return http::Failure{http::Failure::Kind::perhaps_taken, "timed out"};
  const auto& response = exchange.outcome->response;
  if (!response) return http::Failure{http::Failure::Kind::perhaps_taken, "reset"};
  return http::Response{response->status, response->headers, response->body};
}

}  // namespace

asio::awaitable<http::Result<http::Response>> SandboxTransport::send(http::Request request) {
  const auto allowed = [&request] { return !request.may_send || request.may_send(); };
  const http::Failure forbidden{http::Failure::Kind::forbidden, "not permitted any more"};
  co_await process_->live();
  // Name, connection and TLS: longer than a turn now and then.
  co_await time().sleep(random_.chance(0.1) ? random_.between(100ms, 900ms) : random_.between(1ms, 40ms));
  co_await process_->live();
  const bool pauses = requests_left_ > 0 && --requests_left_ == 0;
  const bool after_its_turn = pauses && random_.chance(0.5);
  if (pauses && !after_its_turn) process_->pause_for(pause_);
  co_await process_->live();
  if (request.wait_for_turn) co_await request.wait_for_turn();
  if (after_its_turn) process_->pause_for(pause_);
  co_await process_->live();
  if (!allowed()) co_return forbidden;

  const auto exchange = std::make_shared<Exchange>(time().loop().get_executor());
  const auto sent = std::make_shared<sandbox::Request>(to_sandbox(std::move(request)));
  time().after(random_.between(0ms, 20ms), [&core = core_, &witness = witness_, &kafka = process_->kafka(),
                                            &time = time(), &name = name_, exchange, sent] {
    witness.arrives(*sent, name);
    auto outcome = core.handle(*sent, time.now());
    if (!outcome.response || outcome.response->status >= 500) kafka.count("the vendor failed");
    const auto latency = outcome.latency;
    const auto answer = std::make_shared<sandbox::Outcome>(std::move(outcome));
    time.after(latency, [exchange, answer] {
      exchange->outcome = std::move(*answer);
      exchange->told.ring();
    });
  });
  time().after(request_timeout_, [exchange] {
    exchange->timed_out = true;
    exchange->told.ring();
  });
  while (!exchange->outcome && !exchange->timed_out) co_await exchange->told.wait();
  co_await process_->live();
  co_return to_answer(*exchange);
}

}  // namespace simulation
