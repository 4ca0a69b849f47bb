#pragma once

#include <cstdint>
#include <limits>
#include <string>

#include "intake/decided_sink.hpp"

namespace intake {

/// A record to be written.
struct Emission {
  static constexpr std::int64_t pins_nothing = std::numeric_limits<std::int64_t>::max();

  Destination to;
  std::string value;
  std::string trace_parent;
  /// Until it is acknowledged, no commit may go beyond this input offset: from there on, a replay makes it again.
  std::int64_t pin = pins_nothing;
};

}  // namespace intake
