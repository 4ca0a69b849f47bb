#include "app/worker.hpp"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <stdexcept>
#include <utility>

#include <boost/system/system_error.hpp>
#include <unistd.h>

#include "app/delivery_stage.hpp"
#include "app/intake_stage.hpp"
#include "app/signals.hpp"
#include "app/topic_watch.hpp"
#include "app/version.hpp"
#include "kafka/version.hpp"

namespace app {
namespace {

using namespace std::chrono_literals;
using telemetry::Level;

constexpr auto topics_pause = 10s;
constexpr auto topics_watch = 30s;

std::vector<std::string> checks(const config::Stages& stages) {
  std::vector<std::string> names{"process", "topics"};
  if (stages.intake) names.emplace_back("intake");
  if (stages.delivery) names.emplace_back("delivery");
  return names;
}

/// Of a syslog level.
Level level_of(int syslog) {
  if (syslog <= 3) return Level::error;
  if (syslog == 4) return Level::warning;
  return syslog <= 6 ? Level::info : Level::debug;
}

/// A turn may wait for Kafka a few times, and Kafka being away is no reason to be started again.
std::chrono::seconds longest_turn(const config::Worker& settings) {
  const auto waits = settings.kafka.call_timeout * 3 + settings.intake.revoke_wait + 30s;
  return std::max(60s, std::chrono::ceil<std::chrono::seconds>(waits));
}

std::string in_one_line(const std::vector<std::string>& problems) {
  std::string line;
  for (const std::string& problem : problems) line.append(line.empty() ? "" : "; ").append(problem);
  return line;
}

std::string admin_url(const config::Admin& admin, std::uint16_t port) {
  const bool everywhere = admin.address == "0.0.0.0" || admin.address == "::";
  const bool is_v6 = admin.address.find(':') != std::string::npos;
  const std::string host = everywhere ? "127.0.0.1" : is_v6 ? "[" + admin.address + "]" : admin.address;
  return "http://" + host + ":" + std::to_string(port);
}

}  // namespace

Worker::Worker(const config::Worker& settings, std::vector<config::Entry> entries)
    : settings_{settings},
      entries_{std::move(entries)},
      log_{settings.log_level},
      process_{registry_, std::string{version()}, kafka::client_version()},
      readiness_{checks(settings.stages)},
      intake_heartbeat_{"intake", longest_turn(settings)},
      delivery_heartbeat_{"delivery", longest_turn(settings)} {}

cli::ExitCode Worker::run() {
  const Signals signals{ending_};
  log_settings();
  try {
    const auto admin = open_admin_port();
    tell_port(admin->port());
    TopicWatch topics{settings_.kafka, hooks()};
    if (wait_for_topics(topics)) work(topics);
  } catch (const std::exception& failure) {
    ending_.fail(failure.what());
  }
  return exit_code();
}

std::unique_ptr<telemetry::AdminServer> Worker::open_admin_port() {
  const config::Admin& admin = settings_.admin;
  try {
    return std::make_unique<telemetry::AdminServer>(admin.address, admin.port, probes());
  } catch (const boost::system::system_error& refused) {
    throw std::runtime_error("admin.address and admin.port: nothing can listen on " + admin.address + " port " +
                             std::to_string(admin.port) + ": " + refused.code().message());
  }
}

kafka::Hooks Worker::hooks() {
  return {.log =
              [this](int level, std::string_view facility, std::string_view text) {
                log_.write_limited(level_of(level), "Kafka client", {{"facility", facility}, {"detail", text}});
              },
          .failed = [this](std::string why) { ending_.fail(std::move(why)); },
          .stuck =
              [this] {
                // librdkafka hangs where a topic was deleted; what has been the reason to end stays the reason.
                ending_.fail("a Kafka client does not close");
                ::_exit(static_cast<int>(exit_code()));
              }};
}

telemetry::Probes Worker::probes() {
  return {.metrics =
              [this] {
                process_.ready.Set(readiness_.problems().empty() ? 1 : 0);
                return telemetry::metrics_text(registry_);
              },
          .not_alive =
              [this] {
                std::vector<std::string> complaints;
                const auto now = std::chrono::steady_clock::now();
                for (const auto* heartbeat : {&intake_heartbeat_, &delivery_heartbeat_}) {
                  if (auto complaint = heartbeat->complaint(now)) complaints.push_back(std::move(*complaint));
                }
                return complaints;
              },
          .not_ready = [this] { return readiness_.problems(); }};
}

void Worker::log_settings() {
  log_.write(Level::info, "worker starts",
             {{"version", version()}, {"librdkafka", kafka::client_version()}, {"process_id", ::getpid()}});
  if (kafka::advice_on_client_version() == kafka::VersionAdvice::old) {
    log_.write(Level::warning, "librdkafka is older than 2.8.0; known defects of it are worked around");
  }
  for (const config::Entry& entry : entries_) {
    if (entry.origin == config::Origin::fallback) continue;
    log_.write(Level::info, "setting", {{"name", entry.setting.name}, {"value", entry.value}, {"from", entry.place}});
  }
}

void Worker::tell_port(std::uint16_t port) {
  log_.write(Level::info, "admin port is open", {{"address", settings_.admin.address}, {"port", port}});
  const std::filesystem::path path{settings_.admin.ports_file};
  if (path.empty()) return;
  // Whoever waits for the file must not see half of it.
  std::filesystem::path unfinished = path;
  unfinished += ".new";
  {
    std::ofstream file{unfinished};
    file << "ADMIN_URL=" << admin_url(settings_.admin, port) << '\n';
    if (!file.flush()) throw std::runtime_error("admin.ports-file cannot be written");
  }
  std::filesystem::rename(unfinished, path);
}

bool Worker::wait_for_topics(TopicWatch& topics) {
  do {
    const TopicFindings found = topics.look();
    if (found.problems.empty()) {
      readiness_.pass("topics");
      return true;
    }
    const std::string problems = in_one_line(found.problems);
    readiness_.fail("topics", problems);
    log_.write_limited(Level::warning, "topics are not known to be right; nothing is owned", {{"problems", problems}});
  } while (!ending_.wait_for(topics_pause));
  return false;
}

void Worker::work(TopicWatch& topics) {
  std::vector<std::unique_ptr<Stage>> stages;
  const StageParts parts{settings_, registry_, log_, readiness_, ending_, hooks()};
  if (settings_.stages.delivery) stages.push_back(std::make_unique<DeliveryStage>(parts, delivery_heartbeat_));
  if (settings_.stages.intake) stages.push_back(std::make_unique<IntakeStage>(parts, intake_heartbeat_));
  readiness_.pass("process");
  while (!ending_.wait_for(topics_watch)) {
    const TopicFindings found = topics.look();
    const std::string problems = in_one_line(found.problems);
    if (found.differ) ending_.fail("topics: " + problems, cli::ExitCode::topics_differ);
    if (problems.empty()) {
      readiness_.pass("topics");
    } else {
      readiness_.fail("topics", problems);
    }
  }
  readiness_.fail("process", "is ending");
  end(stages);
}

void Worker::end(const std::vector<std::unique_ptr<Stage>>& stages) {
  log_.write(Level::info, "worker ends", {{"grace_milliseconds", settings_.grace_period.count()}});
  const auto deadline = std::chrono::steady_clock::now() + settings_.grace_period;
  for (const auto& stage : stages) stage->drain();
  for (const auto& stage : stages) {
    if (stage->has_ended_by(deadline)) continue;
    // Nothing is lost: what was not committed comes back in another life, as after a crash.
    log_.write(Level::error, "the grace period is over and a stage is not done; the process is left");
    ::_exit(static_cast<int>(cli::ExitCode::internal_error));
  }
}

cli::ExitCode Worker::exit_code() {
  const auto failure = ending_.failure();
  if (!failure) {
    log_.write(Level::info, "worker ended");
    return cli::ExitCode::success;
  }
  log_.write(Level::error, "worker failed", {{"detail", failure->why}});
  return failure->code;
}

}  // namespace app
