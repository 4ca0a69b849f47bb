#pragma once

#include <atomic>

#include "app/stage.hpp"
#include "app/stage_thread.hpp"

namespace app {

/// Intake with its Kafka clients, on its thread.
class IntakeStage : public Stage {
 public:
  IntakeStage(const StageParts& parts, telemetry::Heartbeat& heartbeat);

  void drain() override { draining_ = true; }
  bool has_ended_by(std::chrono::steady_clock::time_point deadline) override { return thread_.has_ended_by(deadline); }

 private:
  void run();

  StageParts parts_;
  telemetry::Heartbeat& heartbeat_;
  std::atomic<bool> draining_ = false;
  StageThread thread_;  ///< Last: it uses the others.
};

}  // namespace app
