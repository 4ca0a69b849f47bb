#include "kafka/record_writer.hpp"

#include <atomic>
#include <thread>
#include <utility>

#include "kafka/client.hpp"
#include "kafka/completion.hpp"
#include "kafka/handles.hpp"
#include "kafka/produce.hpp"

namespace kafka {
namespace asio = boost::asio;
namespace {

constexpr int poll_milliseconds = 100;
constexpr int last_milliseconds = 1'000;  // For what is still on its way at the end.

using Topic = Handle<rd_kafka_topic_t, rd_kafka_topic_destroy>;
using Written = Completion<delivery::Result<void>>;

delivery::Error ask_again(rd_kafka_resp_err_t code) {
  return {delivery::NextStep::retry, run::Reason::none, rd_kafka_err2str(code), {}};
}

void on_delivery(const rd_kafka_message_s& message, void*) {
  const std::unique_ptr<std::shared_ptr<Written>> waiting{static_cast<std::shared_ptr<Written>*>(message._private)};
  if (message.err == RD_KAFKA_RESP_ERR_NO_ERROR) {
    (*waiting)->set(delivery::Result<void>{});
  } else {
    (*waiting)->set(ask_again(message.err));
  }
}

Properties writer_properties(const Settings& settings) {
  auto properties = producer_properties(settings);
  properties["linger.ms"] = "0";
  return properties;
}

}  // namespace

class RecordWriter::Producer {
 public:
  Producer(const Settings& settings, Hooks hooks, asio::any_io_executor executor)
      : topics_{settings.topics},
        executor_{std::move(executor)},
        client_{settings,
                std::move(hooks),
                {.role = Role::producer, .properties = writer_properties(settings), .on_delivery = on_delivery}},
        credentials_{rd_kafka_topic_new(client_.get(), topics_.credentials.c_str(), nullptr)},
        thread_{[this] {
          while (!stopping_) rd_kafka_poll(client_.get(), poll_milliseconds);
        }} {}

  ~Producer() {
    stopping_ = true;
    thread_.join();
    rd_kafka_flush(client_.get(), last_milliseconds);
    // What did not get through is told, so that nothing of it leaks.
    rd_kafka_purge(client_.get(), RD_KAFKA_PURGE_F_QUEUE | RD_KAFKA_PURGE_F_INFLIGHT);
    rd_kafka_flush(client_.get(), last_milliseconds);
  }

  asio::awaitable<delivery::Result<void>> write(delivery::Outgoing record) {
    auto written = std::make_shared<Written>(executor_);
    auto waiting = std::make_unique<std::shared_ptr<Written>>(written);
    Production production;
    production.topic = &topic(record.to);
    production.key = record.key;
    production.value = record.value;
    production.trace_parent = record.trace_parent;
    production.opaque = waiting.get();
    const auto code = produce(client_.get(), production);
    if (code != RD_KAFKA_RESP_ERR_NO_ERROR) co_return ask_again(code);
    static_cast<void>(waiting.release());  // The delivery report owns it now.
    co_return co_await Written::value_of(std::move(written));
  }

 private:
  const std::string& topic(delivery::Outgoing::To to) const {
    using To = delivery::Outgoing::To;
    switch (to) {
      case To::journal:
        return topics_.deliveries;
      case To::results:
        return topics_.results;
      case To::rejects:
        return topics_.rejects;
      case To::credentials:
        break;
    }
    return topics_.credentials;
  }

  TopicNames topics_;
  asio::any_io_executor executor_;
  Client client_;
  /// The client asks at once who leads the topic. Else it asks at the first record, which then takes up to a second: a
  /// process that dies in it has spent a refresh token whose successor nobody knows.
  Topic credentials_;
  std::atomic<bool> stopping_ = false;
  std::thread thread_;
};

RecordWriter::RecordWriter(const Settings& settings, Hooks hooks, asio::any_io_executor executor)
    : producer_{std::make_unique<Producer>(settings, std::move(hooks), std::move(executor))} {}

RecordWriter::~RecordWriter() = default;

asio::awaitable<delivery::Result<void>> RecordWriter::write(delivery::Outgoing record) {
  return producer_->write(std::move(record));
}

}  // namespace kafka
