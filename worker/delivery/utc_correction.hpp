#pragma once

#include <chrono>

#include "run/time.hpp"

namespace delivery {

/// The local clock's difference from the brokers', seen from transactions: one that began, was appended and ended in
/// that order says nothing against the local clock.
class UtcCorrection {
 public:
  void observe(run::UtcTime began, run::UtcTime appended, run::UtcTime ended) {
    if (appended < began) {
      difference_ = appended - began;
    } else if (appended > ended) {
      difference_ = appended - ended;
    } else {
      difference_ = {};
    }
  }

  std::chrono::milliseconds difference() const { return difference_; }
  bool exceeds(std::chrono::milliseconds largest) const { return std::chrono::abs(difference_) > largest; }

 private:
  std::chrono::milliseconds difference_{};
};

}  // namespace delivery
