#pragma once

#include <atomic>
#include <memory>
#include <utility>

#include <boost/asio/post.hpp>
#include <boost/asio/thread_pool.hpp>

#include "kafka/completion.hpp"

namespace kafka {

/// Makes the library's blocking calls, one after the other, on a thread of its own.
///
/// A call that repeats something looks at `stopping` between its tries, so that the owner's end is not held up.
class CallThread {
 public:
  CallThread() = default;
  CallThread(const CallThread&) = delete;
  CallThread& operator=(const CallThread&) = delete;
  ~CallThread() {
    stopping_ = true;
    pool_.join();
  }

  bool stopping() const { return stopping_; }

  /// Runs `work` on the thread; its value arrives at the caller's loop.
  template <class T, class Work>
  boost::asio::awaitable<T> call(boost::asio::any_io_executor executor, Work work) {
    auto completion = std::make_shared<Completion<T>>(std::move(executor));
    boost::asio::post(pool_, [completion, job = std::move(work)]() mutable { completion->set(job()); });
    return Completion<T>::value_of(std::move(completion));
  }

  /// Runs `work` on the thread without telling anybody.
  template <class Work>
  void run(Work work) {
    boost::asio::post(pool_, std::move(work));
  }

 private:
  std::atomic<bool> stopping_ = false;
  boost::asio::thread_pool pool_{1};
};

}  // namespace kafka
