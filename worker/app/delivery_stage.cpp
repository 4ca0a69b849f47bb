#include "app/delivery_stage.hpp"

#include <exception>
#include <map>
#include <stdexcept>
#include <string>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/steady_timer.hpp>
#include <unistd.h>

#include "app/delivery_observer.hpp"
#include "app/metric_words.hpp"
#include "async/system_clock.hpp"
#include "async/system_random.hpp"
#include "constant_contact/client.hpp"
#include "constant_contact/encoders.hpp"
#include "constant_contact/token_client.hpp"
#include "delivery/delivery.hpp"
#include "http/client.hpp"
#include "kafka/compacted_topic.hpp"
#include "kafka/delivery_group.hpp"
#include "kafka/journal_topic.hpp"
#include "kafka/outbox_reader.hpp"
#include "kafka/record_writer.hpp"
#include "vault/cipher.hpp"

namespace app {
namespace {

namespace asio = boost::asio;
using namespace std::chrono_literals;

constexpr auto pulse = 500ms;

std::string process_name() {
  char host[256] = {};
  if (::gethostname(host, sizeof host - 1) != 0) host[0] = '\0';
  return std::string{host} + ":" + std::to_string(::getpid());
}

delivery::Settings delivery_settings(const config::Worker& settings) {
  delivery::Settings all = settings.delivery;
  all.process = process_name();
  return all;
}

std::map<run::ApplicationId, std::string> secrets(const config::Worker& settings) {
  std::map<run::ApplicationId, std::string> secrets;
  for (const config::Application& application : settings.applications) {
    secrets.emplace(application.id, application.secret.reveal());
  }
  return secrets;
}

std::vector<vault::Key> keys(const config::Worker& settings) {
  auto keys = vault::load_keys(settings.key_files);
  if (!keys) throw std::runtime_error("credentials.key-file: " + keys.error().what);
  return *std::move(keys);
}

/// The settings were checked when they were read.
http::BaseUrl url(const std::string& text) { return http::parse_base_url(text).value(); }

/// The vendor's two hosts.
struct Vendor {
  Vendor(const asio::any_io_executor& executor, const config::Worker& settings)
      : api_url{url(settings.constant_contact.api_url)},
        token_url{url(settings.constant_contact.token_url)},
        api_host{executor, api_url, settings.http},
        token_host{executor, token_url, settings.http},
        api{api_host, api_url.path},
        tokens{token_host, token_url.path, secrets(settings)},
        encoders{constant_contact::encoders(settings.constant_contact.import)} {}

  http::BaseUrl api_url;
  http::BaseUrl token_url;
  http::Client api_host;
  http::Client token_host;
  constant_contact::Client api;
  constant_contact::TokenClient tokens;
  delivery::RowEncoders encoders;
};

/// What delivery reads and writes.
struct Topics {
  Topics(const asio::any_io_executor& executor, const kafka::Settings& settings, const kafka::Hooks& hooks)
      : outbox{settings, hooks, executor},
        journal{settings, hooks, executor},
        control{settings, hooks, settings.topics.control, executor},
        credentials{settings, hooks, settings.topics.credentials, executor},
        writer{settings, hooks, executor},
        group{settings, hooks, executor} {}

  kafka::OutboxReader outbox;
  kafka::JournalTopic journal;
  kafka::CompactedTopic control;
  kafka::CompactedTopic credentials;
  kafka::RecordWriter writer;
  kafka::DeliveryGroup group;  ///< Last, and so left first: nothing may be owned without the others.
};

}  // namespace

DeliveryStage::DeliveryStage(const StageParts& parts, telemetry::Heartbeat& heartbeat)
    : parts_{parts}, heartbeat_{heartbeat}, thread_{"delivery", parts.ending, [this] { run(); }} {}

void DeliveryStage::drain() {
  asio::post(context_, [this] {
    if (delivery_ != nullptr) delivery_->drain();
  });
}

void DeliveryStage::run() {
  const auto executor = context_.get_executor();
  const delivery::Settings settings = delivery_settings(parts_.settings);
  const ApplicationLabels labels{parts_.settings.applications};
  telemetry::DeliveryMetrics metrics{parts_.registry, delivery_words(labels)};
  DeliveryObserver observer{metrics, parts_.log, labels};
  async::SystemClock clock{executor};
  async::SystemRandom random;
  vault::Cipher cipher{keys(parts_.settings)};
  Vendor vendor{executor, parts_.settings};
  Topics topics{executor, parts_.settings.kafka, parts_.hooks};
  delivery::Delivery delivery{{.settings = settings,
                               .clock = clock,
                               .random = random,
                               .observer = observer,
                               .group = topics.group,
                               .outbox = topics.outbox,
                               .journal = topics.journal,
                               .control = topics.control,
                               .credentials = topics.credentials,
                               .plain_writer = topics.writer,
                               .api = vendor.api,
                               .tokens = vendor.tokens,
                               .cipher = cipher,
                               .encoders = vendor.encoders,
                               .executor = executor}};
  delivery_ = &delivery;
  turn(delivery, observer);
  delivery_ = nullptr;
}

void DeliveryStage::turn(delivery::Delivery& delivery, const DeliveryObserver& observer) {
  bool ended = false;
  std::exception_ptr failure;
  asio::co_spawn(context_, delivery.run(), [&](const std::exception_ptr& thrown) {
    ended = true;
    failure = thrown;
  });
  asio::steady_timer timer{context_};
  const std::function<void()> beat = [&] {
    heartbeat_.beat(std::chrono::steady_clock::now());
    if (delivery.settled()) {
      parts_.readiness.pass("delivery");
    } else {
      parts_.readiness.fail("delivery", observer.what_is_missing());
    }
    timer.expires_after(pulse);
    timer.async_wait([&beat](const boost::system::error_code& cancelled) {
      if (!cancelled) beat();
    });
  };
  beat();
  // The timer keeps the context at work, so that the context never ends by itself.
  while (!ended) context_.run_one();
  timer.cancel();
  heartbeat_.end();
  if (failure) std::rethrow_exception(failure);
}

}  // namespace app
