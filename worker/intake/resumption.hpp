#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>
#include <variant>

#include "intake/input_source.hpp"
#include "intake/observer.hpp"
#include "intake/partition.hpp"

namespace intake {

/// The partition is not read until a person has looked.
struct Halted {
  Alarm alarm = Alarm::no_committed_offset;
  std::string_view detail;
};

struct Resumption {
  Resume resume;
  std::optional<Alarm> alarm{};
};

/// Where to take up a partition that was assigned. Asks `source` only for times and offsets.
std::variant<Halted, Resumption> resumption(const AssignedPartition& assigned, InputSource& source, run::UtcTime now,
                                            std::chrono::milliseconds run_limit);

}  // namespace intake
