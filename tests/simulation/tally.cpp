#include "simulation/tally.hpp"

#include <algorithm>
#include <array>
#include <iomanip>
#include <span>

namespace simulation {
namespace {

constexpr std::array<std::string_view, 21> faults{"a call to the brokers failed",
                                                  "a clock was set",
                                                  "a commit of offsets was lost",
                                                  "a fenced owner wrote",
                                                  "a living process was not heard",
                                                  "a member lost its partitions",
                                                  "a process crashed",
                                                  "a process died with a message in its hand",
                                                  "a process drained",
                                                  "a process stood still",
                                                  "a table was compacted",
                                                  "a transaction never came",
                                                  "a transaction was left open",
                                                  "an acknowledgement came late",
                                                  "the answer of a commit was lost",
                                                  "the brokers were away",
                                                  "the group was disturbed",
                                                  "the input lost its beginning",
                                                  "the input lost what open runs need",
                                                  "the outcome of a transaction stayed unknown",
                                                  "the vendor failed"};
constexpr std::array<std::string_view, 26> branches{"a JSON import came twice",
                                                    "a batch was absent at the vendor's",
                                                    "a batch was found at the vendor's",
                                                    "a batch was sent again",
                                                    "a claim waited for its predecessor",
                                                    "a list was brought up to date",
                                                    "a person signed in again",
                                                    "a position was decided twice",
                                                    "a possible duplicate was told",
                                                    "a replay of the input",
                                                    "a request was held back",
                                                    "a run id was used again",
                                                    "a run that was cut ended",
                                                    "a run was canceled",
                                                    "a run was canceled that was sent in part",
                                                    "a run was superseded",
                                                    "a run was taken over",
                                                    "alarm claim_fails",
                                                    "alarm clock_differs",
                                                    "alarm grant_dead",
                                                    "alarm input_lost",
                                                    "alarm refresh_lost",
                                                    "retrying DAILY_QUOTA",
                                                    "retrying NEEDS_AUTHORISATION",
                                                    "retrying VENDOR_UNAVAILABLE",
                                                    "rows were given up as unknown"};

bool print(std::string_view title, const Counts& counts, std::span<const std::string_view> wanted, std::ostream& out) {
  out << title << '\n';
  bool complete = true;
  const auto line = [&out](std::string_view name, std::uint64_t count) {
    out << std::setw(12) << count << "  " << name << '\n';
  };
  for (const auto name : wanted) {
    const auto found = counts.find(name);
    line(name, found == counts.end() ? 0 : found->second);
    complete = complete && found != counts.end();
  }
  for (const auto& [name, count] : counts) {
    if (std::ranges::find(wanted, name) == wanted.end()) line(name, count);
  }
  return complete;
}

void add(Counts& counts, const Counts& more) {
  for (const auto& [name, count] : more) counts[name] += count;
}

}  // namespace

Tally& Tally::operator+=(const Tally& other) {
  add(faults, other.faults);
  add(branches, other.branches);
  return *this;
}

bool print(const Tally& tally, std::ostream& out) {
  const bool all_faults = print("faults", tally.faults, faults, out);
  const bool all_branches = print("branches", tally.branches, branches, out);
  return all_faults && all_branches;
}

}  // namespace simulation
