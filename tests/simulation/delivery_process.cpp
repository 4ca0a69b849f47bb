#include "simulation/delivery_process.hpp"

#include <exception>
#include <utility>

#include <boost/asio/co_spawn.hpp>

namespace simulation {
namespace asio = boost::asio;

class DeliveryProcess::Teller : public delivery::Observer {
 public:
  Teller(const std::string& name, Trace& trace, Tally& tally) : name_{name}, trace_{trace}, tally_{tally} {}

  void alarm(std::int32_t partition, delivery::Alarm alarm, std::string_view detail) override {
    trace_.line(name_, "alarm", partition, delivery::name(alarm), detail);
    tally_.saw("alarm " + std::string{delivery::name(alarm)});
  }
  void claim_changed(std::int32_t partition, delivery::ClaimPhase phase) override {
    trace_.line(name_, "claim of", partition, "phase", static_cast<int>(phase));
    if (phase == delivery::ClaimPhase::waiting_for_predecessor) tally_.saw("a claim waited for its predecessor");
  }
  void offset_committed(std::int32_t partition, std::int64_t offset) override {
    trace_.line(name_, "commits", partition, offset);
  }
  void answered(const run::ApplicationId& application, delivery::VendorCall call, const delivery::Error* error,
                std::chrono::nanoseconds /*took*/) override {
    trace_.line(name_, "call", application.value, delivery::name(call), error == nullptr ? "ok" : error->detail);
    if (error != nullptr && error->next_step == delivery::NextStep::stop) tally_.saw("a request was held back");
    if (call == delivery::VendorCall::import && error == nullptr) ++imports_answered_;
  }
  void run_changed(std::int32_t /*partition*/, const run::ResultEvent& event) override {
    if (const auto* changed = std::get_if<run::RunChanged>(&event.what)) {
      trace_.line(name_, event.instance.run_id.value, run::name(changed->status), run::name(changed->reason.reason),
                  changed->reason.detail);
      if (changed->status == run::RunStatus::retrying) {
        tally_.saw("retrying " + std::string{run::name(changed->reason.reason)});
      }
    } else if (const auto* completed = std::get_if<run::RunCompleted>(&event.what)) {
      trace_.line(name_, event.instance.run_id.value, run::name(completed->status), run::name(completed->reason.reason),
                  completed->reason.detail);
    }
  }
  void run_restored(std::int32_t /*partition*/, const run::ResultEvent& /*event*/) override {
    tally_.saw("a run was taken over");
  }
  void batch_changed(const run::BatchState& batch) override {
    if (batch.phase == run::BatchPhase::intent && batch.attempt > 1) tally_.saw("a batch was sent again");
    if (batch.phase == run::BatchPhase::absent) tally_.saw("a batch was absent at the vendor's");
    if (batch.phase == run::BatchPhase::submitted && imports_answered_-- == 0) {
      tally_.saw("a batch was found at the vendor's");
      imports_answered_ = 0;
    }
    trace_.line(name_, batch.instance.run_id.value, "batch", batch.batch_id.value, "attempt", batch.attempt, "phase",
                static_cast<int>(batch.phase), "rows", batch.rows, "bytes", batch.bytes);
  }

 private:
  const std::string& name_;
  Trace& trace_;
  Tally& tally_;
  int imports_answered_ = 0;  ///< Whose batches have not been told of as submitted.
};

DeliveryProcess::DeliveryProcess(std::string name, support::MemoryKafka& kafka, sandbox::Core& core, Witness& witness,
                                 delivery::Settings settings, const vault::Key& key,
                                 const std::map<run::ApplicationId, std::string>& secrets,
                                 constant_contact::ImportForm form, support::SeededRandom random, Trace& trace,
                                 Tally& tally)
    : name_{std::move(name)},
      trace_{trace},
      settings_{std::move(settings)},
      random_{random},
      process_{std::make_shared<support::KafkaProcess>(kafka)},
      clock_{process_},
      observer_{std::make_unique<Teller>(name_, trace, tally)},
      group_{process_},
      outbox_{process_},
      journal_{process_},
      control_{process_, std::string{support::topic::control}},
      credentials_{process_, std::string{support::topic::credentials}},
      writer_{process_},
      transport_{core, witness, name_, process_, random_.branch(), settings_.request_timeout},
      api_{transport_, "/v3"},
      tokens_{transport_, "/oauth2/default/v1/token", secrets},
      cipher_{{key}},
      encoders_{constant_contact::encoders(form)},
      delivery_{{.settings = settings_,
                 .clock = clock_,
                 .random = random_,
                 .observer = *observer_,
                 .group = group_,
                 .outbox = outbox_,
                 .journal = journal_,
                 .control = control_,
                 .credentials = credentials_,
                 .plain_writer = writer_,
                 .api = api_,
                 .tokens = tokens_,
                 .cipher = cipher_,
                 .encoders = encoders_,
                 .executor = kafka.time().loop().get_executor()}} {}

DeliveryProcess::~DeliveryProcess() = default;

void DeliveryProcess::start() {
  const auto on_end = [this](const std::exception_ptr& failure) {
    ended_ = true;
    trace_.line(name_, "ended");
    if (!failure) return;
    try {
      std::rethrow_exception(failure);
    } catch (const std::exception& error) {
      failure_ = error.what();
    }
  };
  trace_.line(name_, "starts");
  asio::co_spawn(process_->kafka().time().loop(), delivery_.run(), on_end);
}

void DeliveryProcess::drain() {
  trace_.line(name_, "drains");
  delivery_.drain();
}

}  // namespace simulation
