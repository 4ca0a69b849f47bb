#include "app/stage_thread.hpp"

#include <exception>
#include <utility>

#include <pthread.h>

namespace app {

StageThread::StageThread(std::string name, Ending& ending, std::function<void()> body)
    : name_{std::move(name)}, ending_{ending}, thread_{[this, body = std::move(body)] { run(body); }} {}

StageThread::~StageThread() { thread_.join(); }

bool StageThread::has_ended_by(std::chrono::steady_clock::time_point deadline) {
  std::unique_lock lock{mutex_};
  return changed_.wait_until(lock, deadline, [this] { return ended_; });
}

void StageThread::run(const std::function<void()>& body) {
  pthread_setname_np(pthread_self(), name_.c_str());
  try {
    body();
    ending_.ask();
  } catch (const std::exception& failure) {
    ending_.fail(name_ + ": " + failure.what());
  }
  const std::lock_guard lock{mutex_};
  ended_ = true;
  changed_.notify_all();
}

}  // namespace app
