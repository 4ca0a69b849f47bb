#pragma once

#include <boost/asio/io_context.hpp>

#include "app/stage.hpp"
#include "app/stage_thread.hpp"

namespace delivery {
class Delivery;
}

namespace app {

class DeliveryObserver;

/// Delivery with its Kafka clients and its way to the vendor, on its thread.
class DeliveryStage : public Stage {
 public:
  DeliveryStage(const StageParts& parts, telemetry::Heartbeat& heartbeat);

  void drain() override;
  bool has_ended_by(std::chrono::steady_clock::time_point deadline) override { return thread_.has_ended_by(deadline); }

 private:
  void run();
  /// The event loop, until delivery has ended.
  void turn(delivery::Delivery& delivery, const DeliveryObserver& observer);

  StageParts parts_;
  telemetry::Heartbeat& heartbeat_;
  boost::asio::io_context context_{1};
  delivery::Delivery* delivery_ = nullptr;  ///< On the stage's thread only.
  StageThread thread_;                      ///< Last: it uses the others.
};

}  // namespace app
