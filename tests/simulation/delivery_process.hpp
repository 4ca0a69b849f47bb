#pragma once

#include <map>
#include <memory>
#include <string>

#include "constant_contact/client.hpp"
#include "constant_contact/encoders.hpp"
#include "constant_contact/token_client.hpp"
#include "delivery/delivery.hpp"
#include "simulation/process_clock.hpp"
#include "simulation/sandbox_transport.hpp"
#include "simulation/tally.hpp"
#include "simulation/trace.hpp"
#include "support/memory_kafka_delivery.hpp"
#include "support/seeded_random.hpp"
#include "vault/cipher.hpp"

namespace simulation {

/// A process that runs delivery: the real stage with the real clients, over the stand-in's core in virtual time.
///
/// One that crashed stands still where it was, so it must live until VirtualTime::abandon().
class DeliveryProcess {
 public:
  DeliveryProcess(std::string name, support::MemoryKafka& kafka, sandbox::Core& core, Witness& witness,
                  delivery::Settings settings, const vault::Key& key,
                  const std::map<run::ApplicationId, std::string>& secrets, constant_contact::ImportForm form,
                  support::SeededRandom random, Trace& trace, Tally& tally);
  ~DeliveryProcess();

  void start();
  void drain();
  void crash(support::KafkaProcess::Loss loss) { process_->die(loss); }
  support::KafkaProcess& kafka_process() { return *process_; }
  support::VirtualClock& clock() { return clock_; }
  SandboxTransport& transport() { return transport_; }

  bool ended() const { return ended_ || process_->dead(); }
  const std::string& failure() const { return failure_; }
  const std::string& name() const { return name_; }

 private:
  class Teller;

  std::string name_;
  Trace& trace_;
  delivery::Settings settings_;
  support::SeededRandom random_;
  std::shared_ptr<support::KafkaProcess> process_;
  ProcessClock clock_;
  std::unique_ptr<delivery::Observer> observer_;
  support::MemoryDeliveryGroup group_;
  support::MemoryOutbox outbox_;
  support::MemoryJournal journal_;
  support::MemoryTableFeed control_;
  support::MemoryTableFeed credentials_;
  support::MemoryPlainWriter writer_;
  SandboxTransport transport_;
  constant_contact::Client api_;
  constant_contact::TokenClient tokens_;
  vault::Cipher cipher_;
  delivery::RowEncoders encoders_;
  delivery::Delivery delivery_;
  bool ended_ = false;
  std::string failure_;
};

}  // namespace simulation
