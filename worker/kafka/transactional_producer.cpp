#include "kafka/transactional_producer.hpp"

#include <chrono>
#include <optional>
#include <utility>

#include "kafka/call_thread.hpp"
#include "kafka/client.hpp"
#include "kafka/handles.hpp"
#include "kafka/produce.hpp"

namespace kafka {
namespace asio = boost::asio;
namespace {

using Time = std::chrono::steady_clock::time_point;

constexpr int call_milliseconds = 1'000;  // No call waits longer before it is repeated.
constexpr int pause_milliseconds = 10;
constexpr int warning_level = 4;

Properties transaction_properties(const Settings& settings, std::int32_t partition) {
  auto properties = producer_properties(settings);
  properties.erase("message.timeout.ms");  // Bounded by the transaction's.
  properties["transactional.id"] = settings.transactional_id_prefix + "-delivery-" + std::to_string(partition);
  properties["transaction.timeout.ms"] = std::to_string(settings.transaction_timeout.count());
  properties["linger.ms"] = "0";  // The commit flushes all the same.
  return properties;
}

/// How a step of a transaction went.
enum class Step : std::uint8_t {
  done,
  again,  ///< The same call may be repeated.
  abort,  ///< The transaction has to be aborted; then it may be tried anew.
  over,   ///< Fenced, or dead.
};

}  // namespace

class TransactionalProducer::Session {
 public:
  Session(const Settings& settings, const Hooks& hooks, std::int32_t partition)
      : settings_{settings},
        partition_{partition},
        // A fenced producer ends a claim, not the process.
        client_{settings,
                {.log = hooks.log, .failed = {}},
                {.role = Role::producer,
                 .properties = transaction_properties(settings, partition),
                 .on_delivery = on_delivery,
                 .owner = this}} {}

  delivery::Result<void> begin_session() {
    const auto give_up_at = std::chrono::steady_clock::now() + settings_.call_timeout;
    while (before(give_up_at)) {
      switch (step(rd_kafka_init_transactions(client_.get(), call_milliseconds))) {
        case Step::done:
          return {};
        case Step::again:
          break;
        case Step::abort:
        case Step::over:
          return over("beginning as the transactional producer: " + last_error_);
      }
    }
    const auto what = last_error_.empty() ? "no answer in time" : last_error_;
    return delivery::Error{
        delivery::NextStep::retry, run::Reason::none, "beginning as the transactional producer: " + what, {}};
  }

  delivery::Result<delivery::Committed> commit(std::vector<delivery::Outgoing> records) {
    const auto give_up_at = std::chrono::steady_clock::now() + settings_.transaction_deadline;
    while (before(give_up_at)) {
      appended_at_.reset();
      const auto answer = attempt(records, give_up_at);
      if (answer == Step::done) return delivery::Committed{appended_at_};
      if (answer != Step::abort) break;
      if (!abort(give_up_at)) break;
    }
    // Whether it is in is not guessed: the claim is over, and the next one reads the journal.
    return over(last_error_.empty() ? "a transaction was not committed in time" : last_error_);
  }

  CallThread& calls() { return calls_; }

 private:
  static void on_delivery(const rd_kafka_message_s& message, void* owner) {
    auto& session = *static_cast<Session*>(owner);
    // The brokers' time, where the topic is as it must be; the other topics' clocks are of no interest.
    const bool journal = rd_kafka_topic_name(message.rkt) == session.settings_.topics.deliveries;
    if (message.err == RD_KAFKA_RESP_ERR_NO_ERROR && journal) session.appended_at_ = time_of(message);
  }

  bool before(Time time) const { return !calls_.stopping() && std::chrono::steady_clock::now() < time; }

  static delivery::Error over(std::string detail) {
    return {delivery::NextStep::stop, run::Reason::none, std::move(detail), {}};
  }

  Step step(rd_kafka_error_t* raw) {
    const ErrorHandle error{raw};
    if (!error) return Step::done;
    last_error_ = rd_kafka_error_string(error.get());
    if (rd_kafka_error_is_fatal(error.get()) != 0) return Step::over;
    if (rd_kafka_error_txn_requires_abort(error.get()) != 0) return Step::abort;
    if (rd_kafka_error_is_retriable(error.get()) != 0) return Step::again;
    client_.log(warning_level, last_error_);
    return Step::over;
  }

  Step attempt(const std::vector<delivery::Outgoing>& records, Time give_up_at) {
    for (auto begun = Step::again; begun != Step::done;) {
      begun = step(rd_kafka_begin_transaction(client_.get()));
      if (begun == Step::again && before(give_up_at)) {
        rd_kafka_poll(client_.get(), pause_milliseconds);
        continue;
      }
      if (begun != Step::done) return begun;
    }
    for (const auto& record : records) {
      const auto code = produce(record, give_up_at);
      if (code != RD_KAFKA_RESP_ERR_NO_ERROR) {
        last_error_ = rd_kafka_err2str(code);
        return code == RD_KAFKA_RESP_ERR__FATAL || code == RD_KAFKA_RESP_ERR__FENCED ? Step::over : Step::abort;
      }
    }
    for (;;) {
      const auto committed = step(rd_kafka_commit_transaction(client_.get(), call_milliseconds));
      rd_kafka_poll(client_.get(), 0);
      if (committed != Step::again || !before(give_up_at)) return committed;
    }
  }

  rd_kafka_resp_err_t produce(const delivery::Outgoing& record, Time give_up_at) {
    using To = delivery::Outgoing::To;
    const auto& topics = settings_.topics;
    for (;;) {
      Production production;
      production.key = record.key;
      production.value = record.value;
      production.trace_parent = record.trace_parent;
      switch (record.to) {
        case To::journal:
          production.topic = &topics.deliveries;
          production.partition = partition_;
          break;
        case To::results:
          production.topic = &topics.results;
          break;
        case To::rejects:
          production.topic = &topics.rejects;
          break;
        case To::credentials:
          production.topic = &topics.credentials;
          break;
      }
      const auto code = kafka::produce(client_.get(), production);
      if (code != RD_KAFKA_RESP_ERR__QUEUE_FULL || !before(give_up_at)) return code;
      rd_kafka_poll(client_.get(), pause_milliseconds);
    }
  }

  bool abort(Time give_up_at) {
    while (before(give_up_at)) {
      switch (step(rd_kafka_abort_transaction(client_.get(), call_milliseconds))) {
        case Step::done:
          return true;
        case Step::again:
          break;
        case Step::abort:
        case Step::over:
          return false;
      }
    }
    return false;
  }

  Settings settings_;
  std::int32_t partition_;
  std::optional<run::UtcTime> appended_at_;
  std::string last_error_;
  Client client_;
  CallThread calls_;
};

TransactionalProducer::TransactionalProducer(std::unique_ptr<Session> session, asio::any_io_executor executor,
                                             std::shared_ptr<CallThread> closing)
    : session_{std::move(session)}, executor_{std::move(executor)}, closing_{std::move(closing)} {}

TransactionalProducer::~TransactionalProducer() {
  closing_->run([session = std::move(session_)]() mutable { session.reset(); });
}

asio::awaitable<delivery::Result<std::unique_ptr<delivery::Transactor>>> TransactionalProducer::claim(
    Settings settings, Hooks hooks, std::int32_t partition, asio::any_io_executor executor,
    std::shared_ptr<CallThread> closing) {
  auto* const session = new Session{settings, hooks, partition};
  std::unique_ptr<delivery::Transactor> producer{
      new TransactionalProducer{std::unique_ptr<Session>{session}, executor, std::move(closing)}};
  const auto begun =
      co_await session->calls().call<delivery::Result<void>>(executor, [session] { return session->begin_session(); });
  if (!begun) co_return begun.error();
  co_return producer;
}

asio::awaitable<delivery::Result<delivery::Committed>> TransactionalProducer::commit(
    std::vector<delivery::Outgoing> records) {
  return session_->calls().call<delivery::Result<delivery::Committed>>(
      executor_,
      [session = session_.get(), held = std::move(records)]() mutable { return session->commit(std::move(held)); });
}

}  // namespace kafka
