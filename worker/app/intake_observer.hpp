#pragma once

#include <cstdint>
#include <map>
#include <string>

#include "intake/observer.hpp"
#include "telemetry/intake_metrics.hpp"
#include "telemetry/log.hpp"

namespace app {

/// What intake tells about itself, as metrics and log lines.
class IntakeObserver : public intake::Observer {
 public:
  IntakeObserver(telemetry::IntakeMetrics& metrics, telemetry::Log& log);

  /// Why the stage is not settled, for people.
  std::string what_is_missing() const;

  void alarm(std::int32_t partition, intake::Alarm alarm, std::string_view detail) override;
  void assigned(std::int32_t partition, std::int64_t from, std::int64_t committed) override;
  void revoked(std::int32_t partition) override;
  void run_opened(const run::RunOpened& opened) override;
  void run_sealed(const run::RunSealed& sealed) override;
  void read(const intake::Tally& tally) override;
  void behind(std::int32_t partition, std::chrono::milliseconds lag) override;
  void acknowledged(std::size_t records) override;
  void commit_started(std::int32_t partition, std::int64_t offset, std::int64_t restart) override;
  void holds(const intake::Holdings& holdings) override;

 private:
  telemetry::IntakeMetrics& metrics_;
  telemetry::Log& log_;
  telemetry::IntakeWords words_;
  intake::Holdings held_;
  std::map<std::int32_t, std::string> halts_;  ///< Why a partition is not read.
};

}  // namespace app
