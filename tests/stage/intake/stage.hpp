#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "intake/intake.hpp"
#include "support/intake_clock.hpp"
#include "support/intake_log.hpp"
#include "support/intake_outbox.hpp"
#include "support/intake_upstream.hpp"
#include "wire/decided.hpp"

namespace intake::test {

struct Alarms : Observer {
  void alarm(std::int32_t /*partition*/, Alarm alarm, std::string_view /*detail*/) override { raised.push_back(alarm); }
  void read(const Tally& tally) override { total += tally; }

  std::vector<Alarm> raised;
  Tally total;
};

/// One process over logs and an outbox that outlive it.
struct Stage {
  Stage() {
    settings.applications = {{"application"}};
    logs[0] = {};
  }
  Intake& intake() {
    if (!made) made.emplace(settings, source, sink, clock, observer, contact::DedupeKey{});
    return *made;
  }
  Turn turn() { return intake().turn(0ms); }
  /// Turns until nothing more happens, with time for a commit.
  void run() {
    for (int turns = 0; turns < 20; ++turns) {
      clock.passed += 1s;
      turn();
    }
  }
  void add_run(const std::string& run, int members, std::int32_t partition = 0) {
    auto& log = logs[partition];
    log.append(clock.now(), run, wire::encode_job(support::sample_job(run)));
    for (int member = 0; member < members; ++member) {
      log.append(clock.now(), run, support::sample_member(run, "s", "p" + std::to_string(member) + "@example.com"));
    }
  }
  void end_run(const std::string& run, std::int32_t partition = 0) {
    logs[partition].append(clock.now(), run, wire::encode_segment_end(run, "s", std::nullopt));
  }
  std::size_t ticks() const {
    std::size_t count = 0;
    for (const auto& record : stored) count += std::holds_alternative<ToInput>(record.to) ? 1 : 0;
    return count;
  }

  Settings settings;
  std::map<std::int32_t, support::InputLog> logs;
  std::vector<support::OutboxRecord> stored;
  support::IntakeLogSource source{logs};
  support::IntakeOutboxSink sink{stored};
  support::IntakeClock clock;
  Alarms observer;
  std::optional<Intake> made;
};

}  // namespace intake::test
