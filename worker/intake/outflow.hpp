#pragma once

#include <cstddef>
#include <cstdint>
#include <deque>

#include "intake/decided_sink.hpp"
#include "intake/emission.hpp"

namespace intake {

/// What is on its way to the brokers, and which commits it holds back.
class Outflow {
 public:
  /// One taking of one partition; what an earlier one left under way holds back nothing of a later one.
  using Life = std::uint64_t;

  explicit Outflow(DecidedSink& sink) : sink_{sink} {}

  void push(Life life, Emission emission);

  /// Hands over what waits, as much as the producer takes.
  void hand_over();
  /// Serves the producer; returns how many records it has stored since the last call.
  std::size_t take_acknowledged();

  /// The producer's queue is full.
  bool is_blocked() const { return !waiting_.empty(); }
  std::size_t bytes() const { return bytes_; }
  bool is_empty() const { return waiting_.empty() && in_flight_.empty(); }
  /// The lowest of what is not acknowledged; Emission::pins_nothing if there is none.
  std::int64_t lowest_pin(Life life) const;

 private:
  struct Waiting {
    Life life;
    Emission emission;
  };
  struct InFlight {
    Life life;
    std::int64_t pin;
    std::size_t bytes;
    bool acknowledged;
  };

  DecidedSink& sink_;
  std::deque<Waiting> waiting_;
  std::deque<InFlight> in_flight_;  ///< By ticket; the front one is not acknowledged.
  std::uint64_t first_ticket_ = 1;  ///< Of in_flight_.
  std::size_t bytes_ = 0;
  bool refused_ = false;  ///< Since the last acknowledgement.
};

}  // namespace intake
