#pragma once

#include <cstddef>
#include <map>
#include <string>

#include "run/control.hpp"
#include "sandbox/core/core.hpp"
#include "simulation/books.hpp"
#include "simulation/plan.hpp"
#include "simulation/tally.hpp"
#include "simulation/trace.hpp"
#include "support/memory_kafka.hpp"
#include "support/seeded_random.hpp"
#include "vault/cipher.hpp"

namespace simulation {

/// Everybody around the workers: upstream publishes runs, an operator gives orders, somebody signs in where that is
/// needed. They do it as the plan says, whatever the workers do.
class People {
 public:
  struct Parts {
    const Plan& plan;
    support::MemoryKafka& kafka;
    sandbox::Core& core;
    Books& books;
    Tally& tally;
    Trace& trace;
  };
  People(Parts parts, const vault::Key& key, support::SeededRandom random)
      : parts_{parts}, cipher_{{key}}, random_{random} {}

  /// Publishes the connections, and everything else in its time.
  void begin();
  bool have_published() const { return published_ == parts_.plan.runs.size(); }

 private:
  void publish(std::size_t run, std::size_t record);
  void give_order(const PlannedOrder& order);
  void pause(const PlannedOrder& order);
  /// Signs in again wherever somebody must.
  void look_after_grants();
  void sign_in(const PlannedConnection& connection);
  void publish_connection(const PlannedConnection& connection);
  void publish_token(const PlannedConnection& connection);
  run::GrantId grant_of(const PlannedConnection& connection) const;
  void tell(const run::ControlRecord& record);
  support::VirtualTime& time() { return parts_.kafka.time(); }

  Parts parts_;
  vault::Cipher cipher_;
  support::SeededRandom random_;
  std::map<std::string, std::size_t> grants_;  ///< Of a connection: how many it has had.
  std::size_t published_ = 0;                  ///< Runs of which everything is.
};

}  // namespace simulation
