#pragma once

#include <filesystem>
#include <string>

#include <gtest/gtest.h>

/// The broker of this process: started before the first test, stopped after the last.
class Broker : public testing::Environment {
 public:
  void SetUp() override;
  void TearDown() override;

  /// host:port
  static const std::string& address();

  /// The same broker with the same data, away for a while.
  static void stop();
  static void start_again();
};
