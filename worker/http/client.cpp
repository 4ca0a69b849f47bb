#include "http/client.hpp"

#include <algorithm>
#include <chrono>
#include <string_view>
#include <utility>
#include <vector>

#include <boost/asio/ssl/context.hpp>
#include <boost/beast/core/error.hpp>

#include "http/connection.hpp"
#include "http/lookup.hpp"
#include "http/request_head.hpp"
#include "http/tls.hpp"

namespace http {
namespace asio = boost::asio;
namespace {

using Clock = Connection::Clock;
using Kind = Failure::Kind;

struct Job {
  std::string head;
  std::vector<std::string> body;
  std::function<asio::awaitable<void>()> wait_for_turn;
  std::function<bool()> may_send;
  Clock::time_point deadline;

  bool allowed() const { return !may_send || may_send(); }
};

/// What became of one try on one connection.
struct Attempt {
  Result<Response> result = Failure{};
  bool keeps_alive = false;
};

Failure failure(Kind kind, std::string what, boost::system::error_code error) {
  return {kind, std::move(what) + ": " + error.message()};
}

/// All that is sent but the last byte, which is held back: without it no request is complete.
struct Pieces {
  std::vector<std::string_view> pieces;
  std::string_view last;
};

Pieces hold_back_last_byte(const Job& job) {
  Pieces split;
  split.pieces.push_back(job.head);
  for (const auto& piece : job.body) {
    if (!piece.empty()) split.pieces.push_back(piece);
  }
  auto& tail = split.pieces.back();
  split.last = tail.substr(tail.size() - 1);
  tail.remove_suffix(1);
  return split;
}

/// Unset: everything was written.
struct Sent {
  std::optional<Failure> failure;
  bool by_deadline = false;
};

asio::awaitable<Sent> write(Connection* connection, const Job* job) {
  Sent sent;
  if (job->wait_for_turn) co_await job->wait_for_turn();
  if (!job->allowed()) {
    sent.failure = Failure{Kind::forbidden, "not allowed to send any more"};
    co_return sent;
  }
  const auto split = hold_back_last_byte(*job);
  for (const auto piece : split.pieces) {
    if (piece.empty()) continue;
    if (const auto error = co_await connection->write(piece)) {
      sent.failure = failure(Kind::nothing_sent, "the request could not be written", error);
      sent.by_deadline = error == boost::beast::error::timeout;
      co_return sent;
    }
  }
  if (!job->allowed()) {
    sent.failure = Failure{Kind::forbidden, "not allowed to send any more: the request was left incomplete"};
    co_return sent;
  }
  if (const auto error = co_await connection->write(split.last)) {
    sent.failure = failure(Kind::perhaps_taken, "the end of the request could not be written", error);
    sent.by_deadline = error == boost::beast::error::timeout;
  }
  co_return sent;
}

asio::awaitable<Attempt> exchange(Connection* connection, const Job* job, std::size_t max_body_bytes) {
  Attempt attempt;
  auto sent = co_await write(connection, job);
  if (sent.failure && (sent.failure->kind == Kind::forbidden || sent.by_deadline)) {
    attempt.result = std::move(*sent.failure);
    co_return attempt;
  }
  // Also after a failed write: a server that refuses a request early answers, then closes.
  auto answer = co_await connection->read(max_body_bytes);
  if (!answer.error) {
    attempt.result = std::move(answer.response);
    attempt.keeps_alive = answer.keeps_alive && !sent.failure;
    co_return attempt;
  }
  attempt.result =
      sent.failure ? std::move(*sent.failure) : failure(Kind::perhaps_taken, "no whole answer came", answer.error);
  co_return attempt;
}

}  // namespace

class Client::Connections {
 public:
  Connections(asio::any_io_executor executor, BaseUrl base, Settings settings)
      : executor_{std::move(executor)},
        base_{std::move(base)},
        settings_{std::move(settings)},
        tls_{base_.scheme == BaseUrl::Scheme::https ? make_tls_context(settings_.ca_file)
                                                    : asio::ssl::context{asio::ssl::context::tls_client}} {}

  asio::awaitable<Result<Response>> send(Request request) {
    const bool may_reuse = request.method == "GET";
    auto head = write_head(request, authority(base_), settings_.user_agent);
    if (!head) {
      Failure unsound{Kind::nothing_sent, "the request's target or a header holds a character that must not be there"};
      co_return unsound;
    }
    const Job job{std::move(*head), std::move(request.body), std::move(request.wait_for_turn),
                  std::move(request.may_send), Clock::now() + settings_.request_timeout};
    if (may_reuse) {
      // Also where it turns out to be dead: a repeat is the caller's, who counts and paces what he asks.
      if (auto kept = take()) {
        auto attempt = co_await on(std::move(kept), &job);
        co_return std::move(attempt.result);
      }
    }
    auto fresh = co_await open(job.deadline);
    if (!fresh) co_return fresh.error();
    auto attempt = co_await on(std::move(*fresh), &job);
    co_return std::move(attempt.result);
  }

 private:
  using Handle = std::unique_ptr<Connection>;

  asio::awaitable<Attempt> on(Handle connection, const Job* job) {
    connection->set_deadline(job->deadline);
    auto attempt = co_await exchange(connection.get(), job, settings_.max_response_bytes);
    if (attempt.keeps_alive && idle_.size() < settings_.max_idle_connections) {
      connection->idle_since = Clock::now();
      idle_.push_back(std::move(connection));
    }
    co_return attempt;
  }

  /// The one used last, since it is the least likely to have been closed.
  Handle take() {
    const auto oldest = Clock::now() - settings_.idle_timeout;
    std::erase_if(idle_, [&](const Handle& connection) { return connection->idle_since < oldest; });
    if (idle_.empty()) return nullptr;
    auto connection = std::move(idle_.back());
    idle_.pop_back();
    return connection;
  }

  asio::awaitable<Result<Handle>> open(Clock::time_point deadline) {
    auto endpoints = co_await look_up(executor_, base_, deadline);
    if (!endpoints) co_return failure(Kind::nothing_sent, "the host's address is not known", endpoints.error());
    auto connection = std::make_unique<Connection>(executor_, base_, tls_);
    if (const auto error = co_await connection->connect(std::move(*endpoints), settings_.connect_timeout, deadline)) {
      co_return failure(Kind::nothing_sent, "no connection to the host", error);
    }
    connection->set_deadline(deadline);
    if (const auto error = co_await connection->shake_hands()) {
      auto failed = failure(Kind::nothing_sent, "no TLS session with the host", error);
      if (const auto fault = connection->certificate_fault(); !fault.empty()) failed.detail += ": " + fault;
      co_return failed;
    }
    co_return std::move(connection);
  }

  asio::any_io_executor executor_;
  BaseUrl base_;
  Settings settings_;
  asio::ssl::context tls_;
  std::vector<Handle> idle_;
};

Client::Client(asio::any_io_executor executor, BaseUrl base, Settings settings)
    : connections_{std::make_unique<Connections>(std::move(executor), std::move(base), std::move(settings))} {}

Client::~Client() = default;

asio::awaitable<Result<Response>> Client::send(Request request) { return connections_->send(std::move(request)); }

}  // namespace http
