#pragma once

#include <cstdint>
#include <map>
#include <string>

#include "support/intake_log.hpp"

namespace intake::test {

/// What was put into a partition, told apart from how intake reads it.
struct Upstream {
  /// Members in the record at an offset, of the run that it names.
  struct Sent {
    std::string run_id;
    std::uint32_t members = 0;
  };

  support::InputLog log;
  std::map<std::int64_t, Sent> members;
  std::uint64_t all_members = 0;
};

/// Several runs interleaved in one partition, with everything that can be wrong; the last record is so late that no run
/// is open after it.
Upstream random_upstream(std::uint64_t seed, int records);

}  // namespace intake::test
