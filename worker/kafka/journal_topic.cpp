#include "kafka/journal_topic.hpp"

#include <utility>

#include "kafka/topic_reader.hpp"
#include "kafka/transactional_producer.hpp"

namespace kafka {
namespace asio = boost::asio;
namespace {

using namespace std::chrono_literals;

delivery::Error ask_again(const Error& error) {
  return {delivery::NextStep::retry, run::Reason::none, error.detail, {}};
}

}  // namespace

JournalTopic::JournalTopic(const Settings& settings, Hooks hooks, asio::any_io_executor executor)
    : settings_{settings}, hooks_{std::move(hooks)}, executor_{std::move(executor)} {}

asio::awaitable<delivery::Result<std::unique_ptr<delivery::Transactor>>> JournalTopic::claim(std::int32_t partition) {
  return TransactionalProducer::claim(settings_, hooks_, partition, executor_, closing_);
}

asio::awaitable<delivery::Result<std::vector<delivery::LogRecord>>> JournalTopic::read_all(std::int32_t partition) {
  return calls_.call<delivery::Result<std::vector<delivery::LogRecord>>>(
      executor_, [this, partition] { return read_to_end(partition); });
}

delivery::Result<std::vector<delivery::LogRecord>> JournalTopic::read_to_end(std::int32_t partition) {
  TopicReader reader{settings_, hooks_};
  if (const auto opened = reader.open(settings_.topics.deliveries, FromStart{}, {partition}); !opened) {
    return ask_again(opened.error());
  }
  std::vector<delivery::LogRecord> records;
  auto give_up_at = std::chrono::steady_clock::now() + settings_.call_timeout;
  while (!reader.at_end()) {
    auto record = reader.next(100ms);
    if (!record) return ask_again(record.error());
    if (*record) {
      delivery::LogRecord kept;
      kept.offset = (*record)->offset;
      kept.appended_at = (*record)->appended_at;
      kept.key = std::move((*record)->key);
      kept.value = std::move((*record)->value);
      records.push_back(std::move(kept));
      give_up_at = std::chrono::steady_clock::now() + settings_.call_timeout;
    }
    if (calls_.stopping() || std::chrono::steady_clock::now() >= give_up_at) {
      return ask_again({Error::Kind::unreachable, "the journal did not answer"});
    }
  }
  return records;
}

}  // namespace kafka
