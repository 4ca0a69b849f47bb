#include "kafka/reported_producer.hpp"

#include <utility>

#include "kafka/handles.hpp"

namespace kafka {

ReportedProducer::ReportedProducer(const Settings& settings, Hooks hooks)
    : reports_{std::make_unique<Reports>()},
      client_{settings,
              std::move(hooks),
              {.role = Role::producer,
               .properties = producer_properties(settings),
               .on_delivery = on_delivery,
               .owner = reports_.get()}} {}

void* ReportedProducer::opaque_of(std::uint64_t ticket) {
  return reinterpret_cast<void*>(static_cast<std::uintptr_t>(ticket));
}

void ReportedProducer::on_delivery(const rd_kafka_message_s& message, void* owner) {
  auto& reports = *static_cast<Reports*>(owner);
  if (message.err == RD_KAFKA_RESP_ERR_NO_ERROR) {
    reports.acknowledged.push_back(reinterpret_cast<std::uintptr_t>(message._private));
  } else if (!reports.failure) {
    reports.failure = Failure{message.err, rd_kafka_topic_name(message.rkt)};
  }
}

}  // namespace kafka
