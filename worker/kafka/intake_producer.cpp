#include "kafka/intake_producer.hpp"

#include <type_traits>
#include <utility>
#include <variant>

#include "kafka/handles.hpp"
#include "kafka/produce.hpp"

namespace kafka {

IntakeProducer::IntakeProducer(const Settings& settings, Hooks hooks)
    : topics_{settings.topics},
      reports_{std::make_unique<Reports>()},
      client_{settings,
              std::move(hooks),
              {.role = Role::producer,
               .properties = producer_properties(settings),
               .on_delivery = on_delivery,
               .owner = reports_.get()}} {}

void IntakeProducer::on_delivery(const rd_kafka_message_s& message, void* owner) {
  auto& reports = *static_cast<Reports*>(owner);
  if (message.err == RD_KAFKA_RESP_ERR_NO_ERROR) {
    reports.acknowledged.push_back(reinterpret_cast<std::uintptr_t>(message._private));
  } else if (!reports.failure) {
    reports.failure = std::string{"a record of intake's cannot be delivered: "} + rd_kafka_err2str(message.err) +
                      "; the process has to be started again";
  }
}

bool IntakeProducer::produce(std::uint64_t ticket, const intake::Destination& to, std::string value,
                             std::string trace_parent) {
  Production production;
  production.value = value;
  production.trace_parent = trace_parent;
  production.opaque = reinterpret_cast<void*>(static_cast<std::uintptr_t>(ticket));
  if (const auto* outbox = std::get_if<intake::ToOutbox>(&to)) {
    production.topic = &topics_.decided;
    production.key = outbox->application;
  } else if (const auto* rejects = std::get_if<intake::ToRejects>(&to)) {
    production.topic = &topics_.rejects;
    production.key = rejects->key;
  } else {
    production.topic = &topics_.exports;
    production.partition = std::get<intake::ToInput>(to).partition;
  }
  const auto code = kafka::produce(client_.get(), production);
  if (code == RD_KAFKA_RESP_ERR_NO_ERROR) return true;
  if (code != RD_KAFKA_RESP_ERR__QUEUE_FULL && !reports_->failure) {
    reports_->failure = std::string{"a record of intake's is refused: "} + rd_kafka_err2str(code);
  }
  return false;
}

std::optional<std::uint64_t> IntakeProducer::acknowledged() {
  if (reports_->acknowledged.empty()) rd_kafka_poll(client_.get(), 0);
  if (reports_->acknowledged.empty()) return std::nullopt;
  const auto ticket = reports_->acknowledged.front();
  reports_->acknowledged.pop_front();
  return ticket;
}

}  // namespace kafka
