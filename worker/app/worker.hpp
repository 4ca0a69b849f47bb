#pragma once

#include <chrono>
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include <prometheus/registry.h>

#include "app/ending.hpp"
#include "app/stage.hpp"
#include "app/topic_watch.hpp"
#include "cli/exit_code.hpp"
#include "config/setting.hpp"
#include "config/worker.hpp"
#include "telemetry/admin_reply.hpp"
#include "telemetry/admin_server.hpp"
#include "telemetry/health.hpp"
#include "telemetry/log.hpp"
#include "telemetry/process_metrics.hpp"

namespace app {

/// The process: builds everything once, starts it in order, and ends it in the reverse order.
///
/// Order: signals, admin port, topics as they were created, delivery, intake. On the first signal no new work is
/// begun and both stages have the grace period to finish theirs; one that does not is left behind with the process.
class Worker {
 public:
  Worker(const config::Worker& settings, std::vector<config::Entry> entries);

  cli::ExitCode run();

 private:
  std::unique_ptr<telemetry::AdminServer> open_admin_port();
  kafka::Hooks hooks();
  telemetry::Probes probes();
  void log_settings();
  void tell_port(std::uint16_t port);
  bool wait_for_topics(TopicWatch& topics);
  void work(TopicWatch& topics);
  void end(const std::vector<std::unique_ptr<Stage>>& stages);
  cli::ExitCode exit_code();

  const config::Worker& settings_;
  std::vector<config::Entry> entries_;
  telemetry::Log log_;
  prometheus::Registry registry_;
  telemetry::ProcessMetrics process_;
  telemetry::Readiness readiness_;
  telemetry::Heartbeat intake_heartbeat_;
  telemetry::Heartbeat delivery_heartbeat_;
  Ending ending_;
};

}  // namespace app
