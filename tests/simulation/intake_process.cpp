#include "simulation/intake_process.hpp"

#include <algorithm>
#include <utility>

#include "wire/decided.hpp"

namespace simulation {

using namespace std::chrono_literals;

class IntakeProcess::Teller : public intake::Observer {
 public:
  Teller(const std::string& name, Trace& trace, Tally& tally) : name_{name}, trace_{trace}, tally_{tally} {}

  void alarm(std::int32_t partition, intake::Alarm alarm, std::string_view detail) override {
    trace_.line(name_, "alarm", partition, intake::name(alarm), detail);
    tally_.saw("alarm " + std::string{intake::name(alarm)});
  }
  void assigned(std::int32_t partition, std::int64_t from, std::int64_t committed) override {
    trace_.line(name_, "takes", partition, "from", from, "committed", committed);
    if (from < committed) tally_.saw("a replay of the input");
  }
  void revoked(std::int32_t partition) override { trace_.line(name_, "gives up", partition); }
  void run_opened(const run::RunOpened& opened) override {
    trace_.line(name_, opened.instance.run_id.value, "opened at", opened.instance.job_offset);
  }
  void run_sealed(const run::RunSealed& sealed) override {
    trace_.line(name_, sealed.instance.run_id.value, "sealed, cause", static_cast<int>(sealed.cause));
  }
  void commit_started(std::int32_t partition, std::int64_t offset, std::int64_t restart) override {
    trace_.line(name_, "commits", partition, offset, "restart", restart);
  }

 private:
  const std::string& name_;
  Trace& trace_;
  Tally& tally_;
};

namespace {

contact::DedupeKey draw_key(support::SeededRandom& random) {
  contact::DedupeKey key{};
  std::ranges::generate(key.bytes, [&] { return static_cast<std::uint8_t>(random.below(256)); });
  return key;
}

}  // namespace

IntakeProcess::IntakeProcess(std::string name, support::MemoryKafka& kafka, const intake::Settings& settings,
                             std::chrono::milliseconds message_timeout, support::SeededRandom random, Trace& trace,
                             Tally& tally)
    : name_{std::move(name)},
      random_{random},
      trace_{trace},
      process_{std::make_shared<support::KafkaProcess>(kafka)},
      clock_{process_},
      source_{process_},
      sink_{process_, 1 + random_.below(200), message_timeout},
      observer_{std::make_unique<Teller>(name_, trace, tally)},
      intake_{std::make_unique<intake::Intake>(settings, source_, sink_, clock_, *observer_, draw_key(random_))} {
  // A seal that overtakes its ranges is by design the end of its run, so it may not.
  process_->may_overtake = [](std::string_view value) {
    const auto link = wire::decode_link(value);
    return link && link->kind == wire::DecidedLink::Kind::range;
  };
}

void IntakeProcess::drain() {
  trace_.line(name_, "drains");
  intake_->drain();
}

void IntakeProcess::crash(support::KafkaProcess::Loss loss) {
  trace_.line(name_, "has", sink_.in_flight(), "records on their way");
  process_->die(loss);
}

void IntakeProcess::turn_after(std::chrono::nanoseconds pause) {
  process_->kafka().time().after(pause, [weak = weak_from_this()] {
    if (const auto self = weak.lock()) self->turn();
  });
}

void IntakeProcess::turn() {
  if (ended()) return;
  if (const auto pause = process_->pause_left(); pause > 0ns) return turn_after(pause);
  const auto turn = intake_->turn(100ms);
  if (const auto failed = intake_->failed()) {
    failure_ = *failed;
    // Until it has ended, what it sent may still arrive.
    return (void)process_->kafka().time().after(random_.between(0s, 3s), [weak = weak_from_this()] {
      if (const auto self = weak.lock()) self->crash(support::KafkaProcess::Loss::prefix);
    });
  }
  const bool busy = turn.records > 0 || turn.acknowledged > 0;
  turn_after(busy || turn.blocked ? random_.between(100us, 5ms) : random_.between(10ms, 100ms));
}

}  // namespace simulation
