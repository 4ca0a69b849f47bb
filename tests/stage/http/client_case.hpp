#pragma once

#include <chrono>
#include <exception>
#include <optional>
#include <string>
#include <utility>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <gtest/gtest.h>

#include "http/client.hpp"

namespace http {

using namespace std::chrono_literals;
using Kind = Failure::Kind;

/// A client and whatever it talks to, on one event loop.
class ClientCase : public testing::Test {
 protected:
  static Request get(std::string target = "/thing") {
    Request request;
    request.target = std::move(target);
    return request;
  }
  static Request post(std::vector<std::string> body) {
    Request request;
    request.method = "POST";
    request.target = "/things";
    request.body = std::move(body);
    return request;
  }

  Result<Response> send(Client& client, Request request) {
    std::optional<Result<Response>> result;
    boost::asio::co_spawn(context, client.send(std::move(request)),
                          [&](std::exception_ptr thrown, Result<Response> value) {
                            if (thrown) std::rethrow_exception(thrown);
                            result = std::move(value);
                          });
    run_until([&] { return result.has_value(); });
    return result ? std::move(*result) : Failure{Kind::perhaps_taken, "the call did not end"};
  }
  /// Until something has happened, or the loop has stood still so long that it never will.
  template <class Condition>
  void run_until(Condition condition) {
    while (!condition()) {
      if (context.run_one_for(10s) == 0) {
        ADD_FAILURE() << "nothing happens any more";
        return;
      }
    }
  }

  static Kind kind(const Result<Response>& result) {
    EXPECT_FALSE(result);
    return result.error().kind;
  }

  static std::string text(const Result<Response>& result) {
    return result ? result->body : "no answer: " + result.error().detail;
  }

  boost::asio::io_context context;
  Settings settings;
};

}  // namespace http
