#include "cli/complaint.hpp"

#include <iostream>
#include <string>

namespace cli {

void notice(std::string_view text) { std::cerr << "segment-export: " << text << '\n'; }

ExitCode complain(ExitCode code, std::string_view problem) {
  notice(problem);
  return code;
}

ExitCode complain(ExitCode code, const std::vector<std::string>& problems) {
  for (const std::string& problem : problems) complain(code, problem);
  return code;
}

ExitCode complain(const Ending& ending) { return complain(ending.code, ending.text); }

ExitCode complain(const kafka::Error& error) { return complain(ending_of(error)); }

std::optional<config::Worker> settings_or_complain(const config::Sources& sources, config::Use use) {
  auto settings = config::load(sources, use);
  if (settings) return std::move(*settings);
  for (const config::Mistake& mistake : settings.error()) complain(ExitCode::configuration, mistake.text());
  return std::nullopt;
}

kafka::Hooks hooks_for(const config::Worker& settings) {
  const bool debug = settings.log_level == telemetry::Level::debug;
  return {.log =
              [debug](int, std::string_view facility, std::string_view text) {
                if (debug) std::cerr << std::string{"kafka "}.append(facility).append(": ").append(text) + "\n";
              },
          .failed = [](const std::string& why) { std::cerr << "segment-export: Kafka: " + why + "\n"; }};
}

}  // namespace cli
