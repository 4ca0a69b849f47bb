#pragma once

#include <chrono>
#include <memory>

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
  SandboxTransport(sandbox::Core& core, Witness& witness, std::shared_ptr<support::KafkaProcess> process,
                   support::SeededRandom random, std::chrono::milliseconds request_timeout)
      : core_{core},
        witness_{witness},
        process_{std::move(process)},
        random_{random},
        request_timeout_{request_timeout} {}

  boost::asio::awaitable<http::Result<http::Response>> send(http::Request request) override;

 private:
  support::VirtualTime& time() { return process_->kafka().time(); }

  sandbox::Core& core_;
  Witness& witness_;
  std::shared_ptr<support::KafkaProcess> process_;
  support::SeededRandom random_;
  std::chrono::milliseconds request_timeout_;
};

}  // namespace simulation
