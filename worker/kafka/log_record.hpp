#pragma once

#include <string>

#include "delivery/log.hpp"
#include "kafka/handles.hpp"

namespace kafka {

/// A copy for delivery. For .cpp files of this room only.
inline delivery::LogRecord log_record_of(const rd_kafka_message_t& message) {
  delivery::LogRecord record;
  record.partition = message.partition;
  record.offset = message.offset;
  record.appended_at = time_of(message);
  record.key = key_of(message);
  if (const auto value = value_of(message)) record.value = std::string{*value};
  return record;
}

}  // namespace kafka
