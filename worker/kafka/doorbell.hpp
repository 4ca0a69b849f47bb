#pragma once

#include <chrono>
#include <condition_variable>
#include <mutex>

namespace kafka {

/// Wakes the one thread that waits for any of several queues. Rung by threads of the library.
class Doorbell {
 public:
  void ring() {
    {
      const std::scoped_lock lock{mutex_};
      rung_ = true;
    }
    changed_.notify_one();
  }

  /// Before the queues are looked at, so that no ring between the look and the wait is lost.
  void reset() {
    const std::scoped_lock lock{mutex_};
    rung_ = false;
  }

  void wait(std::chrono::milliseconds longest) {
    std::unique_lock lock{mutex_};
    changed_.wait_for(lock, longest, [this] { return rung_; });
  }

 private:
  std::mutex mutex_;
  std::condition_variable changed_;
  bool rung_ = false;
};

}  // namespace kafka
