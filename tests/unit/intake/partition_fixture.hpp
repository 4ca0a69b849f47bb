#pragma once

#include <optional>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "intake/partition.hpp"
#include "support/intake_upstream.hpp"
#include "wire/decided.hpp"
#include "wire/result.hpp"

namespace intake::test {

inline constexpr run::UtcTime day{std::chrono::sys_days{std::chrono::year{2026} / 3 / 1}};

/// A partition, and what it wrote.
struct Fixture {
  explicit Fixture(Resume resume = {}) : first{resume} { settings.applications = {{"application"}, {"other"}}; }

  Partition& partition() {
    if (!made) made.emplace(settings, rules, contact::DedupeKey{}, observer, 0, first);
    return *made;
  }
  void take(std::int64_t offset, const std::string& payload, const std::string& key = "r",
            const std::string& trace = {}) {
    partition().take({offset, time, key, payload, trace}, boot);
    collect();
  }
  void collect() {
    for (Emission& emission : partition().take_emissions()) {
      if (std::holds_alternative<ToRejects>(emission.to)) {
        dead.push_back(std::get<run::DeadLetter>(wire::decode_reject(emission.value).value()));
        continue;
      }
      keys.push_back(std::get<ToOutbox>(emission.to).application);
      auto decided = wire::decode_decided(emission.value).value();
      if (auto* opening = std::get_if<run::RunOpened>(&decided)) opened.push_back(*opening);
      if (auto* range = std::get_if<run::DecidedRange>(&decided)) ranges.push_back(*range);
      if (auto* seal = std::get_if<run::RunSealed>(&decided)) sealed.push_back(*seal);
    }
  }

  Settings settings;
  Observer observer;
  std::string rules = "rules";
  Resume first;
  run::UtcTime time = day;
  async::BootTime boot{1h};
  std::optional<Partition> made;
  std::vector<std::string> keys;
  std::vector<run::RunOpened> opened;
  std::vector<run::DecidedRange> ranges;
  std::vector<run::RunSealed> sealed;
  std::vector<run::DeadLetter> dead;
};

inline std::string job(const std::string& run = "r", const std::vector<std::string>& segments = {"s"}) {
  return wire::encode_job(support::sample_job(run, segments));
}
inline std::string end(const std::string& segment = "s", const std::string& run = "r") {
  return wire::encode_segment_end(run, segment, std::nullopt);
}

}  // namespace intake::test
