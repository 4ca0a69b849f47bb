#pragma once

#include <deque>
#include <exception>
#include <optional>
#include <utility>
#include <vector>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>

#include "http/transport.hpp"

namespace constant_contact {

/// Answers with what a test laid out, in its order, and keeps what it was asked.
class FakeTransport : public http::Transport {
 public:
  void will_answer(unsigned status, std::string body) {
    answers.emplace_back(http::Response{status, {}, std::move(body)});
  }
  void will_fail(http::Failure::Kind kind) { answers.emplace_back(http::Failure{kind, "broken"}); }

  boost::asio::awaitable<http::Result<http::Response>> send(http::Request request) override {
    requests.push_back(std::move(request));
    auto answer = std::move(answers.front());
    answers.pop_front();
    co_return answer;
  }

  std::deque<http::Result<http::Response>> answers;
  std::vector<http::Request> requests;
};

inline std::string header(const http::Request& request, const std::string& name) {
  for (const auto& [key, value] : request.headers) {
    if (key == name) return value;
  }
  return {};
}

template <class T>
T run(boost::asio::awaitable<T> call) {
  boost::asio::io_context context;
  std::optional<T> result;
  boost::asio::co_spawn(context, std::move(call), [&](std::exception_ptr thrown, T value) {
    if (thrown) std::rethrow_exception(thrown);
    result = std::move(value);
  });
  context.run();
  return std::move(*result);
}

inline void run(boost::asio::awaitable<void> call) {
  boost::asio::io_context context;
  boost::asio::co_spawn(context, std::move(call), [](std::exception_ptr thrown) {
    if (thrown) std::rethrow_exception(thrown);
  });
  context.run();
}

}  // namespace constant_contact
