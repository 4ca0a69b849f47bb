#pragma once

#include <chrono>
#include <condition_variable>
#include <functional>
#include <mutex>
#include <string>
#include <thread>

#include "app/ending.hpp"

namespace app {

/// The thread of one stage. Whatever leaves `body` ends the process: an exception as a failure.
///
/// The destructor waits for the thread, so ask has_ended_by first.
class StageThread {
 public:
  StageThread(std::string name, Ending& ending, std::function<void()> body);
  ~StageThread();
  StageThread(const StageThread&) = delete;
  StageThread& operator=(const StageThread&) = delete;

  bool has_ended_by(std::chrono::steady_clock::time_point deadline);

 private:
  void run(const std::function<void()>& body);

  std::string name_;
  Ending& ending_;
  std::mutex mutex_;
  std::condition_variable changed_;
  bool ended_ = false;
  std::thread thread_;
};

}  // namespace app
