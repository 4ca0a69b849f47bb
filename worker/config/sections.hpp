#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <string>

#include "config/reader.hpp"
#include "constant_contact/settings.hpp"
#include "delivery/settings.hpp"
#include "http/settings.hpp"
#include "intake/settings.hpp"
#include "kafka/settings.hpp"

namespace config {

// One function for the Settings of each room; what a setting falls back to is what the room's struct says.

/// `brokers`; without it there is no Kafka.
enum class Presence : std::uint8_t { optional, required };
std::string read_brokers(Reader& read, Presence presence);

/// `kafka.…` and `topics.…`
kafka::Settings read_kafka(Reader& read, std::string brokers);

/// `intake.…`, without the routing. `email_bound`: where the setting is not made.
intake::Settings read_intake(Reader& read, std::size_t email_bound);

/// `delivery.…`
delivery::Settings read_delivery(Reader& read);

/// `import`, which is of no stage alone.
constant_contact::ImportForm read_import(Reader& read);

/// `constant-contact.…`
constant_contact::Settings read_constant_contact(Reader& read);
http::Settings read_http(Reader& read, std::chrono::milliseconds request_timeout);

}  // namespace config
