#pragma once

#include <chrono>
#include <iomanip>
#include <ostream>
#include <string_view>

#include "support/virtual_clock.hpp"

namespace simulation {

/// What happens in a world, line by line, for whoever replays a seed.
class Trace {
 public:
  /// `out`: none for silence.
  Trace(support::VirtualTime& time, std::ostream* out) : time_{time}, out_{out} {}

  template <class... Parts>
  void line(std::string_view who, const Parts&... what) {
    if (out_ == nullptr) return;
    const auto seconds = std::chrono::duration<double>{time_.elapsed()};
    *out_ << std::fixed << std::setprecision(3) << seconds.count() << "s " << who;
    ((*out_ << ' ' << what), ...);
    *out_ << '\n';
  }

 private:
  support::VirtualTime& time_;
  std::ostream* out_;
};

}  // namespace simulation
