#pragma once

#include <chrono>
#include <cstdint>
#include <exception>
#include <functional>
#include <mutex>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

#include <boost/asio/awaitable.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/io_context.hpp>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "kafka/admin.hpp"
#include "kafka/settings.hpp"

/// Topics and groups of its own for every test, and a loop for what is awaited.
class KafkaTest : public testing::Test {
 protected:
  KafkaTest();

  void create_topics(std::int32_t partitions);
  /// New topics are not known to the brokers at once.
  static void wait_for(kafka::Admin& admin, const std::vector<std::string>& topics);
  void publish(const std::string& topic, std::int32_t partition, const std::vector<std::string>& values);

  /// Runs the loop until the awaited thing is there. Throws after a minute.
  template <class T>
  T run(boost::asio::awaitable<T> task) {
    std::exception_ptr failure;
    std::optional<T> value;
    bool ended = false;
    boost::asio::co_spawn(context, std::move(task), [&](const std::exception_ptr& thrown, T result) {
      failure = thrown;
      value = std::move(result);
      ended = true;
    });
    run_until([&] { return ended; });
    if (failure) std::rethrow_exception(failure);
    return std::move(*value);
  }
  void run_until(const std::function<bool()>& condition);

  /// Calls `step` until the condition holds. Throws after a minute.
  static void repeat_until(const std::function<bool()>& condition, const std::function<void()>& step);

  boost::asio::io_context context;
  kafka::Settings settings;
  kafka::Hooks hooks;
  std::vector<std::string> failures() const;

 private:
  boost::asio::executor_work_guard<boost::asio::io_context::executor_type> work_{context.get_executor()};
  mutable std::mutex mutex_;
  std::vector<std::string> failures_;
};
