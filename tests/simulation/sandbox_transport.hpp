#pragma once

#include <chrono>
#include <cstdint>
#include <memory>
#include <string>

#include "http/transport.hpp"
#include "sandbox/core/core.hpp"
#include "simulation/witness.hpp"
#include "support/memory_kafka.hpp"
#include "support/seeded_random.hpp"
#include "support/virtual_clock.hpp"

namespace simulation {

/// The vendor's hosts as one process reaches them: the stand-in's core, in virtual time.
class SandboxTransport : public http::Transport {
 public:
  SandboxTransport(sandbox::Core& core, Witness& witness, const std::string& name,
                   std::shared_ptr<support::KafkaProcess> process, support::SeededRandom random,
                   std::chrono::milliseconds request_timeout)
      : core_{core},
        witness_{witness},
        name_{name},
        process_{std::move(process)},
        random_{random},
        request_timeout_{request_timeout} {}

  boost::asio::awaitable<http::Result<http::Response>> send(http::Request request) override;

  /// The process stands still for so long as it is about to send the request with this number from now on.
  void pause_at_request(std::uint64_t number, std::chrono::nanoseconds for_so_long) {
    requests_left_ = number;
    pause_ = for_so_long;
  }

 private:
  support::VirtualTime& time() { return process_->kafka().time(); }

  sandbox::Core& core_;
  Witness& witness_;
  const std::string& name_;
  std::shared_ptr<support::KafkaProcess> process_;
  support::SeededRandom random_;
  std::chrono::milliseconds request_timeout_;
  std::uint64_t requests_left_ = 0;
  std::chrono::nanoseconds pause_{};
};

}  // namespace simulation
