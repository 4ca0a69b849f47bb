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
    : settings_{settings},
      reports_{std::make_unique<Reports>()},
      client_{settings,
              std::move(hooks),
              {.role = Role::producer,
               .properties = producer_properties(settings),
               .on_delivery = on_delivery,
               .owner = reports_.get()}} {}

void Publisher::on_delivery(const rd_kafka_message_s& message, void* owner) {
  auto& reports = *static_cast<Reports*>(owner);
  if (message.err == RD_KAFKA_RESP_ERR_NO_ERROR) {
    ++reports.acknowledged;
  } else if (!reports.failure) {
    reports.failure = error_of(message.err, "publishing to " + std::string{rd_kafka_topic_name(message.rkt)});
  }
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
    if (reports_->failure) return *reports_->failure;
    const auto code = produce(client_.get(), production);
    if (code == RD_KAFKA_RESP_ERR_NO_ERROR) {
      rd_kafka_poll(client_.get(), 0);
      return {};
    }
    if (code != RD_KAFKA_RESP_ERR__QUEUE_FULL) return error_of(code, "publishing to " + topic);
    // A full buffer that drains is only busy; one that does not means that nobody answers.
    const auto before = reports_->acknowledged;
    rd_kafka_poll(client_.get(), static_cast<int>(turn.count()));
    const auto now = std::chrono::steady_clock::now();
    if (reports_->acknowledged != before) give_up_at = now + settings_.call_timeout;
    if (now >= give_up_at) return Error{Error::Kind::unreachable, "no broker takes what is published"};
  }
}

Result<void> Publisher::flush(std::chrono::milliseconds longest) {
  const auto give_up_at = std::chrono::steady_clock::now() + longest;
  while (rd_kafka_outq_len(client_.get()) > 0 && !reports_->failure) {
    if (std::chrono::steady_clock::now() >= give_up_at) {
      return Error{Error::Kind::unreachable, "no broker acknowledged what was published"};
    }
    rd_kafka_flush(client_.get(), static_cast<int>(turn.count()));
  }
  if (reports_->failure) return *reports_->failure;
  return {};
}

}  // namespace kafka
