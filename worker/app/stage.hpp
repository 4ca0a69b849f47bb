#pragma once

#include <chrono>

#include <prometheus/registry.h>

#include "app/ending.hpp"
#include "config/worker.hpp"
#include "kafka/settings.hpp"
#include "telemetry/health.hpp"
#include "telemetry/log.hpp"

namespace app {

/// What every stage is built from; all of it outlives the stage.
struct StageParts {
  const config::Worker& settings;
  prometheus::Registry& registry;
  telemetry::Log& log;
  telemetry::Readiness& readiness;
  Ending& ending;
  kafka::Hooks hooks;
};

/// A running stage, as the process ends it.
///
/// Threads: the main thread calls; the stage has its own.
class Stage {
 public:
  virtual ~Stage() = default;

  /// Takes nothing new, finishes what it has and ends.
  virtual void drain() = 0;
  virtual bool has_ended_by(std::chrono::steady_clock::time_point deadline) = 0;
};

}  // namespace app
