#pragma once

#include <cstdint>
#include <map>
#include <ostream>
#include <string>
#include <string_view>

namespace simulation {

/// How often each thing happened, by its name in words.
using Counts = std::map<std::string, std::uint64_t, std::less<>>;

/// What was done to the worlds of a run, and which ways of recovery they took.
struct Tally {
  Counts faults;
  Counts branches;

  void saw(std::string_view branch) { ++branches[std::string{branch}]; }
  Tally& operator+=(const Tally& other);
};

/// A table of what every larger run must have met, and of what else it met. False: something is missing.
bool print(const Tally& tally, std::ostream& out);

}  // namespace simulation
