#pragma once

#include <cstddef>
#include <cstdint>
#include <random>
#include <string>
#include <string_view>

#include "sandbox/core/http.hpp"

namespace sandbox {

/// All that is random here, from one seed.
class Random {
 public:
  explicit Random(std::uint64_t seed) : engine_{seed} {}

  std::uint64_t number() { return engine_(); }
  /// Within [0, 1).
  double fraction() { return static_cast<double>(engine_() >> 11U) * 0x1.0p-53; }
  /// Letters and digits.
  std::string text(std::size_t length);
  std::string uuid();
  /// Version 1: what the vendor's activities have.
  std::string uuid_of_time(Time time);

 private:
  std::mt19937_64 engine_;
};

bool is_uuid(std::string_view text);

}  // namespace sandbox
