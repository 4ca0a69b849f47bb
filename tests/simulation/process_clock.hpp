#pragma once

#include <memory>
#include <utility>

#include "support/memory_kafka.hpp"
#include "support/virtual_clock.hpp"

namespace simulation {

/// What a process takes for the time, as long as it runs: whoever sleeps in one that stands still wakes up with it.
class ProcessClock : public support::VirtualClock {
 public:
  explicit ProcessClock(std::shared_ptr<support::KafkaProcess> process)
      : VirtualClock{process->kafka().time()}, process_{std::move(process)} {}

  boost::asio::awaitable<void> sleep(std::chrono::nanoseconds duration) override {
    co_await time().sleep(duration);
    co_await process_->live();
  }

 private:
  std::shared_ptr<support::KafkaProcess> process_;
};

}  // namespace simulation
