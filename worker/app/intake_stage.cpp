#include "app/intake_stage.hpp"

#include <stdexcept>

#include <boost/asio/io_context.hpp>

#include "app/intake_observer.hpp"
#include "app/metric_words.hpp"
#include "async/system_clock.hpp"
#include "async/system_random.hpp"
#include "intake/intake.hpp"
#include "kafka/input_consumer.hpp"
#include "kafka/intake_producer.hpp"

namespace app {
namespace {

using namespace std::chrono_literals;

constexpr auto longest_wait = 100ms;
constexpr auto moment = 1ms;
constexpr auto readiness_interval = 500ms;

}  // namespace

IntakeStage::IntakeStage(const StageParts& parts, telemetry::Heartbeat& heartbeat)
    : parts_{parts}, heartbeat_{heartbeat}, thread_{"intake", parts.ending, [this] { run(); }} {}

void IntakeStage::run() {
  const config::Worker& settings = parts_.settings;
  telemetry::IntakeMetrics metrics{parts_.registry, intake_words()};
  IntakeObserver observer{metrics, parts_.log};
  kafka::InputConsumer consumer{settings.kafka, parts_.hooks};
  kafka::IntakeProducer producer{settings.kafka, parts_.hooks};
  boost::asio::io_context never_run;  // Intake asks the clock for the time and never sleeps.
  async::SystemClock clock{never_run.get_executor()};
  async::SystemRandom random;
  const auto key = contact::dedupe_key_of({random.bits(), random.bits()});
  intake::Intake intake{settings.intake, consumer, producer, clock, observer, key};
  telemetry::SteadyTime next_report{};
  while (!intake.drained()) {
    const auto now = std::chrono::steady_clock::now();
    heartbeat_.beat(now);
    if (draining_) intake.drain();
    const intake::Turn turn = intake.turn(longest_wait);
    if (const auto failed = intake.failed()) throw std::runtime_error(*failed);
    if (turn.blocked && turn.acknowledged == 0) std::this_thread::sleep_for(moment);
    if (now < next_report) continue;
    next_report = now + readiness_interval;
    if (intake.settled()) {
      parts_.readiness.pass("intake");
    } else {
      parts_.readiness.fail("intake", observer.what_is_missing());
    }
  }
  heartbeat_.end();
}

}  // namespace app
