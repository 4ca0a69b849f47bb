#pragma once

#include <map>
#include <string>

#include "app/metric_words.hpp"
#include "app/run_gauges.hpp"
#include "delivery/observer.hpp"
#include "telemetry/delivery_metrics.hpp"
#include "telemetry/log.hpp"

namespace app {

/// What delivery tells about itself, as metrics and log lines.
class DeliveryObserver : public delivery::Observer {
 public:
  DeliveryObserver(telemetry::DeliveryMetrics& metrics, telemetry::Log& log, const ApplicationLabels& applications);

  /// Why the stage is not settled, for people.
  std::string what_is_missing() const;

  void alarm(std::int32_t partition, delivery::Alarm alarm, std::string_view detail) override;
  void claim_changed(std::int32_t partition, delivery::ClaimPhase phase) override;
  void committed(std::int32_t partition, std::size_t records, std::chrono::nanoseconds took) override;
  void indexed(std::int32_t partition, std::int64_t offset) override;
  void offset_committed(std::int32_t partition, std::int64_t offset) override;
  void answered(const run::ApplicationId& application, delivery::VendorCall call, const delivery::Error* error,
                std::chrono::nanoseconds took) override;
  void calls_left(const run::ApplicationId& application, std::uint32_t used, std::uint32_t left) override;
  void run_changed(std::int32_t partition, const run::ResultEvent& event) override;
  void run_restored(std::int32_t partition, const run::ResultEvent& event) override;
  void batch_changed(const run::BatchState& batch) override;

 private:
  telemetry::DeliveryMetrics& metrics_;
  telemetry::Log& log_;
  const ApplicationLabels& applications_;
  telemetry::DeliveryWords words_;
  RunGauges runs_;
  std::map<std::int32_t, delivery::ClaimPhase> claims_;
  std::map<std::int32_t, std::string> troubles_;  ///< The newest alarm since the partition was last at work.
};

}  // namespace app
