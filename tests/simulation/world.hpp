#pragma once

#include <memory>
#include <ostream>
#include <string>
#include <vector>

#include "sandbox/core/core.hpp"
#include "simulation/books.hpp"
#include "simulation/delivery_process.hpp"
#include "simulation/intake_process.hpp"
#include "simulation/people.hpp"
#include "simulation/plan.hpp"
#include "simulation/trace.hpp"
#include "simulation/witness.hpp"
#include "support/memory_kafka.hpp"
#include "support/virtual_clock.hpp"

namespace simulation {

/// Both stages' real code in several processes, over Kafka in memory and the stand-in's core, in virtual time. The seed
/// decides what is published, every delay, every order, and who ends when.
class World {
 public:
  /// `trace`: none for silence.
  World(std::uint64_t seed, std::ostream* trace);
  World(const World&) = delete;
  World& operator=(const World&) = delete;
  ~World() { time_.abandon(); }

  /// Lives it to its end; what is wrong then, each in words; empty: nothing.
  std::vector<std::string> live();
  /// Once it has lived.
  Tally tally() const;

 private:
  void start_intake(std::size_t slot);
  void start_delivery(std::size_t slot);
  void compact();
  /// What no committed offset needs any more goes from the input.
  void cut_input();
  void lose_input();
  void plan_disturbance(const Disturbance& disturbance);
  void disturb(const Disturbance& disturbance);
  template <class Process>
  void disturb(std::vector<std::shared_ptr<Process>>& processes, std::size_t slot, const Disturbance& disturbance);
  /// The slot of the intake with the most on its way; `otherwise` if none has anything.
  std::size_t busiest_intake(std::size_t otherwise) const;
  /// The process of the slot is dead or drains; puts another one into its place after a while.
  template <class Process>
  void replace(std::vector<std::shared_ptr<Process>>& processes, std::size_t slot, std::chrono::nanoseconds after);
  void restart(const std::vector<std::shared_ptr<IntakeProcess>>& /*of*/, std::size_t slot) { start_intake(slot); }
  void restart(const std::vector<std::shared_ptr<DeliveryProcess>>& /*of*/, std::size_t slot) { start_delivery(slot); }
  template <class Process>
  void when_ended(std::shared_ptr<Process> process, std::function<void()> then);
  /// Until the end, since a process that is dead stands still where it was.
  void keep(std::shared_ptr<IntakeProcess> process) { dead_intakes_.push_back(std::move(process)); }
  void keep(std::shared_ptr<DeliveryProcess> process) { dead_deliveries_.push_back(std::move(process)); }
  bool all_idle();
  void drain_all();
  std::vector<std::string> failures() const;

  Plan plan_;
  support::VirtualTime time_;
  support::SeededRandom random_;
  support::MemoryKafka kafka_;
  sandbox::Core core_;
  Trace trace_;
  Tally tally_;
  Books books_;
  vault::Key key_;
  Witness witness_;
  People people_;
  std::vector<std::shared_ptr<IntakeProcess>> intakes_;
  std::vector<std::shared_ptr<DeliveryProcess>> deliveries_;
  std::vector<std::shared_ptr<IntakeProcess>> dead_intakes_;
  std::vector<std::shared_ptr<DeliveryProcess>> dead_deliveries_;  ///< Frozen where they stood.
  std::vector<std::string> failures_;                              ///< Of processes that are gone.
  std::size_t started_ = 0;
  bool ending_ = false;  ///< Nobody is replaced any more.
};

}  // namespace simulation
