#pragma once

#include <chrono>
#include <memory>
#include <string>

#include "intake/intake.hpp"
#include "simulation/process_clock.hpp"
#include "simulation/tally.hpp"
#include "simulation/trace.hpp"
#include "support/memory_kafka_intake.hpp"
#include "support/seeded_random.hpp"

namespace simulation {

/// A process that runs intake: the real stage, turned again and again in virtual time until it has drained or died.
class IntakeProcess : public std::enable_shared_from_this<IntakeProcess> {
 public:
  IntakeProcess(std::string name, support::MemoryKafka& kafka, const intake::Settings& settings,
                std::chrono::milliseconds message_timeout, support::SeededRandom random, Trace& trace, Tally& tally);

  void start() { turn_after({}); }
  void drain();
  void crash(support::KafkaProcess::Loss loss);
  support::KafkaProcess& kafka_process() { return *process_; }
  support::VirtualClock& clock() { return clock_; }

  bool ended() const { return intake_->drained() || process_->dead(); }
  std::size_t in_flight() const { return sink_.in_flight(); }
  bool idle() const { return source_.is_idle() && sink_.in_flight() == 0; }
  /// Why it cannot go on, as a process that is about to end by itself; empty if it can.
  const std::string& failure() const { return failure_; }
  const std::string& name() const { return name_; }

 private:
  class Teller;

  void turn_after(std::chrono::nanoseconds pause);
  void turn();

  std::string name_;
  support::SeededRandom random_;
  Trace& trace_;
  std::shared_ptr<support::KafkaProcess> process_;
  ProcessClock clock_;
  support::MemoryInputSource source_;
  support::MemoryDecidedSink sink_;
  std::unique_ptr<intake::Observer> observer_;
  std::unique_ptr<intake::Intake> intake_;
  std::string failure_;
};

}  // namespace simulation
