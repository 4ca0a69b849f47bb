#include <charconv>
#include <cstdint>
#include <iostream>
#include <string>
#include <string_view>

#include <gtest/gtest.h>

#include "simulation/world.hpp"

namespace simulation {
namespace {

struct Options {
  std::uint64_t first_seed = 1;
  std::uint64_t seeds = 100;
  bool trace = false;
};

/// From so many worlds on, none of the faults and branches may be missing.
constexpr std::uint64_t enough_seeds = 2'000;

constexpr std::string_view help =
    "Lives worlds in virtual time, one for each seed, and compares their books.\n"
    "  --first-seed N   the first one (1)\n"
    "  --seeds N        how many (100)\n"
    "  --trace          tells what happens, line by line\n";

/// Of all worlds of this run.
Tally& tally_of_all() {
  static Tally tally;
  return tally;
}

/// One world; a failing one names the command that replays it.
class Simulation : public testing::Test {
 public:
  Simulation(std::uint64_t seed, bool trace) : seed_{seed}, trace_{trace} {}

  void TestBody() override {
    World world{seed_, trace_ ? &std::cout : nullptr};
    const auto differences = world.live();
    tally_of_all() += world.tally();
    for (const auto& difference : differences) ADD_FAILURE() << difference;
    if (!differences.empty()) {
      std::cout << "replay: tests/simulation/run.sh --first-seed " << seed_ << " --seeds 1 --trace\n";
    }
  }

 private:
  std::uint64_t seed_;
  bool trace_;
};

bool read_number(std::string_view text, std::uint64_t& number) {
  const auto* end = text.data() + text.size();
  return !text.empty() && std::from_chars(text.data(), end, number).ptr == end;
}

bool read_options(int count, char** arguments, Options& options) {
  for (int index = 1; index < count; ++index) {
    const std::string_view argument{arguments[index]};
    const std::string_view value{index + 1 < count ? arguments[index + 1] : ""};
    if (argument == "--trace") {
      options.trace = true;
    } else if (argument == "--first-seed" && read_number(value, options.first_seed)) {
      ++index;
    } else if (argument == "--seeds" && read_number(value, options.seeds)) {
      ++index;
    } else {
      return false;
    }
  }
  return true;
}

void register_worlds(const Options& options) {
  for (std::uint64_t seed = options.first_seed; seed < options.first_seed + options.seeds; ++seed) {
    const auto name = "KeepsItsBooksInTheWorldOfSeed" + std::to_string(seed);
    testing::RegisterTest("Simulation", name.c_str(), nullptr, nullptr, __FILE__, __LINE__,
                          [seed, trace = options.trace] { return new Simulation{seed, trace}; });
  }
}

}  // namespace
}  // namespace simulation

int main(int count, char** arguments) {
  testing::InitGoogleTest(&count, arguments);
  simulation::Options options;
  if (!simulation::read_options(count, arguments, options)) {
    std::cerr << simulation::help;
    return 2;
  }
  simulation::register_worlds(options);
  const int failed = RUN_ALL_TESTS();
  const bool complete = simulation::print(simulation::tally_of_all(), std::cout);
  if (complete || options.seeds < simulation::enough_seeds) return failed;
  std::cout << "so many worlds must have met each fault and each branch of the table\n";
  return 1;
}
