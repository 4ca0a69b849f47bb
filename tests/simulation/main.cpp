#include <atomic>
#include <charconv>
#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <iomanip>
#include <iostream>
#include <mutex>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

#include "simulation/world.hpp"

namespace simulation {
namespace {

using namespace std::chrono_literals;

struct Options {
  std::uint64_t first_seed = 1;
  std::uint64_t seeds = 100;
  std::uint64_t jobs = std::max(1U, std::thread::hardware_concurrency());
  bool trace = false;
  bool stop_at_failure = false;
};

/// From so many worlds on, none of the faults and branches may be missing.
constexpr std::uint64_t enough_seeds = 2'000;
constexpr auto between_reports = 10s;

constexpr std::string_view help =
    "Lives worlds in virtual time, one for each seed, and compares their books.\n"
    "  --first-seed N     the first one (1)\n"
    "  --seeds N          how many (100)\n"
    "  --jobs N           so many at a time (as many as the machine has cores)\n"
    "  --stop-at-failure  begins no world after one that failed\n"
    "  --trace            tells what happens, line by line\n"
    "Ends with 0 where all books agree, with 1 where some do not, with 2 for wrong options.\n";

/// Worlds on several threads, which share nothing but what has come of them.
class Runner {
 public:
  explicit Runner(const Options& options) : options_{options}, next_{options.first_seed} {}

  /// How many failed.
  std::uint64_t run() {
    std::vector<std::jthread> threads;
    for (std::uint64_t job = 0; job < options_.jobs; ++job) threads.emplace_back([this] { live(); });
    report();
    return failed_;
  }

  const Tally& tally() const { return tally_; }
  std::uint64_t lived() const { return lived_; }

 private:
  void live() {
    for (;;) {
      const auto seed = next_++;
      if (seed >= options_.first_seed + options_.seeds || (options_.stop_at_failure && failed_ > 0)) break;
      World world{seed, options_.trace ? &std::cout : nullptr};
      const auto differences = world.live();
      const std::lock_guard lock{mutex_};
      ++lived_;
      tally_ += world.tally();
      if (differences.empty()) continue;
      ++failed_;
      std::cout << "seed " << seed << " failed\n";
      for (const auto& difference : differences) std::cout << "  " << difference << '\n';
      std::cout << "  replay: tests/simulation/run.sh --first-seed " << seed << " --seeds 1 --trace" << std::endl;
    }
    const std::lock_guard lock{mutex_};
    ++ended_;
    changed_.notify_all();
  }

  void report() {
    using Clock = std::chrono::steady_clock;
    const auto began = Clock::now();
    std::unique_lock lock{mutex_};
    while (!changed_.wait_for(lock, between_reports, [this] { return ended_ == options_.jobs; })) {
      const auto seconds = std::chrono::duration<double>{Clock::now() - began}.count();
      const auto left = static_cast<double>(options_.seeds - lived_) * seconds / static_cast<double>(lived_);
      std::cerr << lived_ << " of " << options_.seeds << " worlds, " << failed_ << " failed";
      if (lived_ > 0) std::cerr << ", " << std::fixed << std::setprecision(1) << left / 60 << " min left";
      std::cerr << std::endl;
    }
  }

  const Options options_;
  std::atomic<std::uint64_t> next_;
  std::atomic<std::uint64_t> failed_ = 0;
  std::mutex mutex_;  ///< Guards what follows.
  std::condition_variable changed_;
  Tally tally_;
  std::uint64_t lived_ = 0;
  std::uint64_t ended_ = 0;  ///< Threads.
};

bool read_number(std::string_view text, std::uint64_t& number) {
  const auto* end = text.data() + text.size();
  return !text.empty() && std::from_chars(text.data(), end, number).ptr == end && number > 0;
}

bool read_options(int count, char** arguments, Options& options) {
  for (int index = 1; index < count; ++index) {
    const std::string_view argument{arguments[index]};
    const std::string_view value{index + 1 < count ? arguments[index + 1] : ""};
    if (argument == "--trace") {
      options.trace = true;
    } else if (argument == "--stop-at-failure") {
      options.stop_at_failure = true;
    } else if ((argument == "--first-seed" && read_number(value, options.first_seed)) ||
               (argument == "--seeds" && read_number(value, options.seeds)) ||
               (argument == "--jobs" && read_number(value, options.jobs))) {
      ++index;
    } else {
      return false;
    }
  }
  // Two traces in one would tell nothing.
  if (options.trace) options.jobs = 1;
  return true;
}

}  // namespace
}  // namespace simulation

int main(int count, char** arguments) {
  simulation::Options options;
  if (!simulation::read_options(count, arguments, options)) {
    std::cerr << simulation::help;
    return 2;
  }
  simulation::Runner runner{options};
  const auto failed = runner.run();
  const bool complete = simulation::print(runner.tally(), std::cout);
  std::cout << runner.lived() << " worlds, " << failed << " failed\n";
  if (failed > 0) return 1;
  if (complete || options.seeds < simulation::enough_seeds) return 0;
  std::cout << "so many worlds must have met each fault and each branch of the table\n";
  return 1;
}
