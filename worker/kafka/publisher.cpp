#include "kafka/publisher.hpp"

#include <algorithm>
#include <utility>

#include "kafka/handles.hpp"
#include "kafka/produce.hpp"

namespace kafka {
namespace {

using namespace std::chrono_literals;

constexpr auto turn = 100ms;

}  // namespace

Publisher::Publisher(const Settings& settings, Hooks hooks)
    : settings_{settings}, producer_{settings, std::move(hooks)} {}

void Publisher::count() {
  acknowledged_ += producer_.acknowledged().size();
  producer_.acknowledged().clear();
}

std::optional<Error> Publisher::failure() const {
  const auto& failure = producer_.failure();
  if (!failure) return std::nullopt;
  return error_of(failure->code, "publishing to " + failure->topic);
}

Result<void> Publisher::publish(const std::string& topic, std::string_view key, std::optional<std::string_view> value,
                                std::string_view trace_parent, std::optional<std::int32_t> partition) {
  Production production;
  production.partition = partition.value_or(RD_KAFKA_PARTITION_UA);
  production.topic = &topic;
  production.key = key;
  production.value = value;
  production.trace_parent = trace_parent;
  auto give_up_at = std::chrono::steady_clock::now() + settings_.call_timeout;
  for (;;) {
    if (const auto failed = failure()) return *failed;
    const auto code = produce(producer_.get(), production);
    if (code == RD_KAFKA_RESP_ERR_NO_ERROR) {
      rd_kafka_poll(producer_.get(), 0);
      count();
      return {};
    }
    if (code != RD_KAFKA_RESP_ERR__QUEUE_FULL) return error_of(code, "publishing to " + topic);
    // A full buffer that drains is only busy; one that does not means that nobody answers.
    const auto before = acknowledged_;
    rd_kafka_poll(producer_.get(), static_cast<int>(turn.count()));
    count();
    const auto now = std::chrono::steady_clock::now();
    if (acknowledged_ != before) give_up_at = now + settings_.call_timeout;
    if (now >= give_up_at) return Error{Error::Kind::unreachable, "no broker takes what is published"};
  }
}

Result<void> Publisher::flush(std::chrono::milliseconds longest) {
  const auto give_up_at = std::chrono::steady_clock::now() + longest;
  while (rd_kafka_outq_len(producer_.get()) > 0 && !producer_.failure()) {
    if (std::chrono::steady_clock::now() >= give_up_at) {
      return Error{Error::Kind::unreachable, "no broker acknowledged what was published"};
    }
    rd_kafka_flush(producer_.get(), static_cast<int>(turn.count()));
    count();
  }
  if (const auto failed = failure()) return *failed;
  return {};
}

}  // namespace kafka
