#include "kafka/intake_producer.hpp"

#include <type_traits>
#include <utility>
#include <variant>

#include "kafka/handles.hpp"
#include "kafka/produce.hpp"

namespace kafka {

IntakeProducer::IntakeProducer(const Settings& settings, Hooks hooks)
    : topics_{settings.topics}, producer_{settings, std::move(hooks)} {}

bool IntakeProducer::produce(std::uint64_t ticket, const intake::Destination& to, std::string value,
                             std::string trace_parent) {
  Production production;
  production.value = value;
  production.trace_parent = trace_parent;
  production.opaque = ReportedProducer::opaque_of(ticket);
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
  const auto code = kafka::produce(producer_.get(), production);
  if (code == RD_KAFKA_RESP_ERR_NO_ERROR) return true;
  if (code != RD_KAFKA_RESP_ERR__QUEUE_FULL && !failure_) {
    failure_ = std::string{"a record of intake's is refused: "} + rd_kafka_err2str(code);
  }
  return false;
}

std::optional<std::uint64_t> IntakeProducer::acknowledged() {
  auto& tickets = producer_.acknowledged();
  if (tickets.empty()) {
    rd_kafka_poll(producer_.get(), 0);
    if (const auto& given_up = producer_.failure(); given_up && !failure_) {
      failure_ = std::string{"a record of intake's cannot be delivered: "} +
                 rd_kafka_err2str(static_cast<rd_kafka_resp_err_t>(given_up->code)) +
                 "; the process has to be started again";
    }
  }
  if (tickets.empty()) return std::nullopt;
  const auto ticket = tickets.front();
  tickets.pop_front();
  return ticket;
}

}  // namespace kafka
