#include <sstream>

#include "config/sections.hpp"

namespace config {
namespace {

using namespace std::chrono_literals;

constexpr std::size_t kilobyte = 1024;

std::string topic(Reader& read, const char* name, const std::string& usual, const char* help) {
  return read.text(std::string{"topics."} + name, {.fallback = usual, .help = help});
}

kafka::TopicNames read_topics(Reader& read) {
  const kafka::TopicNames usual;
  return {
      .exports = topic(read, "exports", usual.exports, "Jobs and members, from upstream."),
      .control = topic(read, "control", usual.control, "Connections and commands."),
      .decided = topic(read, "decided", usual.decided, "What intake decided, for delivery."),
      .deliveries = topic(read, "deliveries", usual.deliveries, "Delivery's journal."),
      .credentials = topic(read, "credentials", usual.credentials, "Tokens, encrypted."),
      .results = topic(read, "results", usual.results, "What became of runs."),
      .rejects = topic(read, "rejects", usual.rejects, "Members and records that were not taken."),
  };
}

/// The reason is without what stands behind the name: it may be a password.
void add_property(Reader& read, std::string_view setting, std::string_view line,
                  std::map<std::string, std::string>& properties) {
  const auto equals = line.find('=');
  if (equals == std::string_view::npos || equals == 0) {
    read.refuse(setting, "holds something that is not name=value");
    return;
  }
  const std::string name{line.substr(0, equals)};
  if (!properties.emplace(name, line.substr(equals + 1)).second) read.refuse(setting, name + " is given twice");
}

bool is_secret(std::string_view property) {
  return property.find("password") != std::string_view::npos || property.find("secret") != std::string_view::npos ||
         property == "ssl.key.pem" || property == "sasl.oauthbearer.config";
}

std::map<std::string, std::string> read_properties(Reader& read) {
  std::map<std::string, std::string> properties;
  const auto open = read.list("kafka.properties",
                              {.fallback = std::vector<std::string>{},
                               .help = "name=value of librdkafka, for every client: security.protocol=SASL_SSL."});
  for (const std::string& property : open) add_property(read, "kafka.properties", property, properties);
  for (const auto& [name, value] : properties) {
    if (is_secret(name)) read.refuse("kafka.properties", name + " belongs into the file of kafka.properties-file");
  }
  const Secret content =
      read.secret_file("kafka.properties-file", {.fallback = "",
                                                 .help = "File of further ones, name=value in each line; # begins a "
                                                         "comment. For passwords."});
  std::istringstream lines{content.reveal()};
  for (std::string line; std::getline(lines, line);) {
    if (line.ends_with('\r')) line.pop_back();
    if (line.empty() || line.starts_with('#')) continue;
    add_property(read, "kafka.properties-file", line, properties);
  }
  return properties;
}

void read_times(Reader& read, kafka::Settings& to) {
  to.session_timeout = read.duration("kafka.session-timeout", {.fallback = to.session_timeout,
                                                               .min = 1s,
                                                               .max = 30min,
                                                               .help = "After which a silent worker loses what it "
                                                                       "owns."});
  to.heartbeat_interval =
      read.duration("kafka.heartbeat-interval",
                    {.fallback = to.heartbeat_interval, .min = 100ms, .max = 1min, .help = "Of the group."});
  to.max_poll_interval = read.duration(
      "kafka.max-poll-interval",
      {.fallback = to.max_poll_interval, .min = 1s, .help = "After which a stuck worker loses what it owns."});
  to.call_timeout =
      read.duration("kafka.call-timeout",
                    {.fallback = to.call_timeout, .min = 100ms, .help = "Of administrative calls and look-ups."});
  to.transaction_deadline =
      read.duration("kafka.transaction-deadline",
                    {.fallback = to.transaction_deadline, .min = 1s, .help = "Until a commit must be known to be in."});
  to.transaction_timeout = read.duration("kafka.transaction-timeout", {.fallback = to.transaction_timeout,
                                                                       .min = 1s,
                                                                       .max = 15min,
                                                                       .help = "After which the brokers abort what was "
                                                                               "left open."});
  to.close_timeout = read.duration("kafka.close-timeout",
                                   {.fallback = to.close_timeout, .min = 100ms, .help = "For leaving a group."});
  to.linger = read.duration(
      "kafka.linger", {.fallback = to.linger, .max = 10s, .help = "How long records wait to be sent with others."});
  if (to.heartbeat_interval * 2 > to.session_timeout) {
    read.refuse("kafka.heartbeat-interval", "must not be above half of kafka.session-timeout");
  }
  // librdkafka refuses it, but says so in its own words and only when the client is made.
  if (to.session_timeout > to.max_poll_interval) {
    read.refuse("kafka.session-timeout", "must not be above kafka.max-poll-interval");
  }
}

}  // namespace

std::string read_brokers(Reader& read, Presence presence) {
  return read.text("brokers",
                   {.fallback = presence == Presence::required ? std::nullopt : std::optional<std::string>{""},
                    .help = "Kafka: host:port, comma separated."});
}

kafka::Settings read_kafka(Reader& read, std::string brokers) {
  kafka::Settings settings;
  settings.brokers = std::move(brokers);
  settings.client_id = read.text("kafka.client-id", {.fallback = settings.client_id, .help = "As brokers log it."});
  settings.intake_group =
      read.text("kafka.intake-group", {.fallback = settings.intake_group, .help = "Consumer group of intake."});
  settings.delivery_group =
      read.text("kafka.delivery-group", {.fallback = settings.delivery_group, .help = "Consumer group of delivery."});
  settings.delivery_instance = read.text(
      "kafka.delivery-instance", {.fallback = "",
                                  .help = "Stable name of this process (group.instance.id): a restart then moves no "
                                          "ownership."});
  settings.transactional_id_prefix =
      read.text("kafka.transactional-id-prefix",
                {.fallback = settings.transactional_id_prefix, .help = "The same for all workers of a deployment."});
  settings.properties = read_properties(read);
  read_times(read, settings);
  settings.intake_prefetch_kilobytes =
      read.bytes("kafka.intake-prefetch", {.fallback = settings.intake_prefetch_kilobytes * kilobyte,
                                           .min = 1'000'000,
                                           .help = "Read ahead in each partition of the input."}) /
      kilobyte;
  settings.outbox_prefetch_kilobytes =
      read.bytes("kafka.outbox-prefetch", {.fallback = settings.outbox_prefetch_kilobytes * kilobyte,
                                           .min = 1'000'000,
                                           .help = "Read ahead by each reader of decided contacts."}) /
      kilobyte;
  settings.produce_buffer_kilobytes =
      read.bytes("kafka.produce-buffer", {.fallback = settings.produce_buffer_kilobytes * kilobyte,
                                          .min = 1'000'000,
                                          .max = 2'000'000'000,
                                          .help = "Records that were not sent yet, of each producer."}) /
      kilobyte;
  settings.topics = read_topics(read);
  return settings;
}

}  // namespace config
