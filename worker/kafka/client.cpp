#include "kafka/client.hpp"

#include <algorithm>
#include <cstdlib>
#include <future>
#include <stdexcept>
#include <thread>
#include <utility>

#include "kafka/handles.hpp"
#include "kafka/version.hpp"

namespace kafka {

struct Client::Shared {
  Hooks hooks;
  ClientOptions options;
  std::chrono::milliseconds close_timeout;
  std::string name;
  std::atomic<bool> failed = false;

  void log(int level, std::string_view facility, std::string_view text) const {
    if (hooks.log) hooks.log(level, facility, text);
  }
  void fail(const std::string& why) {
    if (!failed.exchange(true) && hooks.failed) hooks.failed(why);
  }
};

namespace {

constexpr int error_level = 3;
constexpr int warning_level = 4;

/// librdkafka's own bound.
constexpr std::size_t most_fetch_bytes = 1024 * 1024;
/// What a fetch brings counts unpacked. A queue that it fills alone is asked for more only a second later, each time.
constexpr std::size_t most_unpacked = 16;

void on_log(const rd_kafka_t* handle, int level, const char* facility, const char* text) {
  Client::shared_of(rd_kafka_opaque(handle)).log(level, facility, text);
}

/// Answers whether the client is at its end.
bool heed_error(rd_kafka_t* handle, Client::Shared& shared, int code, std::string_view reason) {
  // A consumer's last error comes under its own number, not as _FATAL.
  char text[512];
  const auto cause = rd_kafka_fatal_error(handle, text, sizeof text);
  if (cause != RD_KAFKA_RESP_ERR_NO_ERROR) {
    shared.fail(shared.name + ": " + rd_kafka_err2name(cause) + ": " + text + "; the process has to be started again");
    return true;
  }
  shared.log(warning_level, rd_kafka_err2name(static_cast<rd_kafka_resp_err_t>(code)), reason);
  return false;
}

void on_error(rd_kafka_t* handle, int code, const char* reason, void* opaque) {
  heed_error(handle, Client::shared_of(opaque), code, reason);
}

void on_delivered(rd_kafka_t*, const rd_kafka_message_t* message, void* opaque) {
  const auto& options = Client::shared_of(opaque).options;
  options.on_delivery(*message, options.owner);
}

void set(rd_kafka_conf_t* conf, const std::string& name, const std::string& value) {
  char text[512];
  if (rd_kafka_conf_set(conf, name.c_str(), value.c_str(), text, sizeof text) != RD_KAFKA_CONF_OK) {
    throw std::runtime_error("Kafka client property " + name + ": " + text);
  }
}

Handle<rd_kafka_conf_t, rd_kafka_conf_destroy> configuration(const Settings& settings, Client::Shared& shared,
                                                             const ClientOptions& options) {
  Handle<rd_kafka_conf_t, rd_kafka_conf_destroy> conf{rd_kafka_conf_new()};
  for (const auto& [name, value] : client_properties(settings, options.properties)) set(conf.get(), name, value);
  rd_kafka_conf_set_opaque(conf.get(), &shared);
  rd_kafka_conf_set_log_cb(conf.get(), on_log);
  rd_kafka_conf_set_error_cb(conf.get(), on_error);
  if (options.on_delivery != nullptr) rd_kafka_conf_set_dr_msg_cb(conf.get(), on_delivered);
  if (options.rebalance_events) rd_kafka_conf_set_events(conf.get(), RD_KAFKA_EVENT_REBALANCE);
  return conf;
}

/// A rebalance may come up until the end, and leaving waits for its answer; destroying alone would wait for ever.
void leave_group(rd_kafka_t* handle) {
  const Queue events{rd_kafka_queue_new(handle)};
  if (const ErrorHandle refused{rd_kafka_consumer_close_queue(handle, events.get())}) return;
  while (rd_kafka_consumer_closed(handle) == 0) {
    const Event event{rd_kafka_queue_poll(events.get(), 100)};
    if (event && rd_kafka_event_type(event.get()) == RD_KAFKA_EVENT_REBALANCE) rd_kafka_assign(handle, nullptr);
  }
}

}  // namespace

Client::Client(const Settings& settings, Hooks hooks, ClientOptions options) : shared_{std::make_unique<Shared>()} {
  if (advice_on_client_version() == VersionAdvice::refuse) {
    throw std::runtime_error("librdkafka " + client_version() + " is too old; 2.0.2 or newer is needed");
  }
  shared_->hooks = std::move(hooks);
  shared_->close_timeout = settings.close_timeout;
  shared_->options = options;
  auto conf = configuration(settings, *shared_, options);
  const bool consumes = options.role == Role::consumer;
  char text[512];
  handle_ = rd_kafka_new(consumes ? RD_KAFKA_CONSUMER : RD_KAFKA_PRODUCER, conf.get(), text, sizeof text);
  if (handle_ == nullptr) throw std::runtime_error(std::string{"a Kafka client cannot be made: "} + text);
  static_cast<void>(conf.release());  // It belongs to the client now.
  shared_->name = rd_kafka_name(handle_);
  if (consumes) rd_kafka_poll_set_consumer(handle_);
}

Client::Client(Client&& other) noexcept
    : shared_{std::move(other.shared_)}, handle_{std::exchange(other.handle_, nullptr)} {}

Client::~Client() {
  if (handle_ == nullptr) return;
  auto* const handle = handle_;
  std::promise<void> closed;
  auto done = closed.get_future();
  const bool in_group = shared_->options.rebalance_events;
  std::thread closing{[handle, in_group, &closed] {
    if (in_group) leave_group(handle);
    rd_kafka_destroy(handle);
    closed.set_value();
  }};
  if (done.wait_for(shared_->close_timeout) == std::future_status::timeout) {
    log(error_level, "a client does not close; the process is left");
    if (shared_->hooks.stuck) shared_->hooks.stuck();
    std::_Exit(EXIT_FAILURE);
  }
  closing.join();
}

void Client::log(int level, std::string_view text) const { shared_->log(level, shared_->name, text); }

bool Client::heed(int code, std::string_view reason) const { return heed_error(handle_, *shared_, code, reason); }

void Client::fail(const std::string& why) const { shared_->fail(shared_->name + ": " + why); }

Properties client_properties(const Settings& settings, const Properties& own) {
  auto properties = own;
  properties.insert({{"bootstrap.servers", settings.brokers},
                     {"client.id", settings.client_id},
                     {"socket.nagle.disable", "true"},
                     {"log.connection.close", "false"},
                     {"reconnect.backoff.ms", "50"},
                     {"reconnect.backoff.max.ms", "1000"}});
  properties.insert(settings.properties.begin(), settings.properties.end());
  return properties;
}

Properties reader_properties(const Settings& settings, std::size_t prefetch_kilobytes) {
  const auto fetch_bytes = std::min(most_fetch_bytes, prefetch_kilobytes * 1024 / most_unpacked);
  return {
      {"group.id", settings.client_id + "-reader"},  // Assigning by hand wants one all the same.
      {"enable.auto.commit", "false"},
      {"enable.auto.offset.store", "false"},
      {"auto.offset.reset", "error"},
      {"allow.auto.create.topics", "false"},
      {"isolation.level", "read_committed"},
      {"queued.min.messages", "100000"},
      {"queued.max.messages.kbytes", std::to_string(prefetch_kilobytes)},
      {"fetch.message.max.bytes", std::to_string(fetch_bytes)},
      {"fetch.error.backoff.ms", "100"},
      {"fetch.wait.max.ms", "50"},
  };
}

Properties group_properties(const Settings& settings, const std::string& group) {
  auto properties = reader_properties(settings, settings.intake_prefetch_kilobytes);
  properties["group.id"] = group;
  properties["partition.assignment.strategy"] = "range";
  properties["queued.min.messages"] = "1000000";
  properties["session.timeout.ms"] = std::to_string(settings.session_timeout.count());
  properties["heartbeat.interval.ms"] = std::to_string(settings.heartbeat_interval.count());
  properties["max.poll.interval.ms"] =
      std::to_string(std::max(settings.max_poll_interval, settings.session_timeout).count());
  return properties;
}

Properties producer_properties(const Settings& settings) {
  return {
      {"enable.idempotence", "true"},
      {"acks", "all"},
      {"partitioner", "murmur2_random"},
      {"compression.type", "lz4"},
      {"linger.ms", std::to_string(settings.linger.count())},
      {"queue.buffering.max.messages", "1000000"},
      {"queue.buffering.max.kbytes", std::to_string(settings.produce_buffer_kilobytes)},
      {"message.timeout.ms", "0"},  // A record that expires could be followed by one that is delivered.
  };
}

Error error_of(int code, std::string_view doing) {
  const auto number = static_cast<rd_kafka_resp_err_t>(code);
  Error error{Error::Kind::refused, std::string{doing} + ": " + rd_kafka_err2str(number)};
  switch (number) {
    case RD_KAFKA_RESP_ERR__TIMED_OUT:
    case RD_KAFKA_RESP_ERR__TIMED_OUT_QUEUE:
    case RD_KAFKA_RESP_ERR__TRANSPORT:
    case RD_KAFKA_RESP_ERR__ALL_BROKERS_DOWN:
    case RD_KAFKA_RESP_ERR__RESOLVE:
    case RD_KAFKA_RESP_ERR__WAIT_COORD:
    case RD_KAFKA_RESP_ERR_REQUEST_TIMED_OUT:
    case RD_KAFKA_RESP_ERR_COORDINATOR_NOT_AVAILABLE:
    case RD_KAFKA_RESP_ERR_COORDINATOR_LOAD_IN_PROGRESS:
    case RD_KAFKA_RESP_ERR_NOT_COORDINATOR:
    case RD_KAFKA_RESP_ERR_LEADER_NOT_AVAILABLE:
    case RD_KAFKA_RESP_ERR_NOT_LEADER_FOR_PARTITION:
      error.kind = Error::Kind::unreachable;
      break;
    case RD_KAFKA_RESP_ERR__UNKNOWN_TOPIC:
    case RD_KAFKA_RESP_ERR__UNKNOWN_PARTITION:
    case RD_KAFKA_RESP_ERR_UNKNOWN_TOPIC_OR_PART:
      error.kind = Error::Kind::missing_topic;
      break;
    case RD_KAFKA_RESP_ERR__FATAL:
    case RD_KAFKA_RESP_ERR__FENCED:
      error.kind = Error::Kind::fatal;
      break;
    default:
      break;
  }
  return error;
}

void throw_exception_from_error(const Error& error, const boost::source_location&) {
  throw std::logic_error("a value was read that is not there: " + error.detail);
}

}  // namespace kafka
