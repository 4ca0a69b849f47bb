#pragma once

#include "async/random.hpp"

namespace async {

/// Bits of the operating system's generator. Threads: any.
class SystemRandom : public Random {
 public:
  std::uint64_t bits() override;
};

}  // namespace async
