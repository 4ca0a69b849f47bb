#pragma once

#include <chrono>
#include <cstddef>
#include <functional>
#include <map>
#include <string>
#include <string_view>

namespace kafka {

struct TopicNames {
  std::string exports = "segment-exports";
  std::string control = "export-control";
  std::string decided = "decided-contacts";
  std::string deliveries = "export-deliveries";
  std::string credentials = "export-credentials";
  std::string results = "export-results";
  std::string rejects = "export-rejects";
};

/// Everything that decides how the room talks to Kafka.
struct Settings {
  std::string brokers;  ///< host:port, comma separated.
  std::string client_id = "segment-export";
  TopicNames topics;

  std::string intake_group = "segment-export-intake";
  std::string delivery_group = "segment-export-delivery";
  std::string delivery_instance;  ///< Static membership of delivery (`group.instance.id`); empty: dynamic.
  std::string transactional_id_prefix = "segment-export";
  /// Further properties of librdkafka, SASL and TLS above all; those that our promises rest on are set over them.
  std::map<std::string, std::string> properties;

  std::chrono::milliseconds session_timeout = std::chrono::seconds{45};
  std::chrono::milliseconds heartbeat_interval = std::chrono::seconds{3};
  std::chrono::milliseconds max_poll_interval = std::chrono::seconds{120};
  std::chrono::milliseconds call_timeout = std::chrono::seconds{10};          ///< Of calls that only ask.
  std::chrono::milliseconds transaction_deadline = std::chrono::seconds{10};  ///< Until a commit is known to be in.
  std::chrono::milliseconds transaction_timeout = std::chrono::seconds{30};   ///< After which the brokers abort it.
  std::chrono::milliseconds close_timeout = std::chrono::seconds{20};         ///< Then the process is left: see Client.
  std::size_t intake_prefetch_kilobytes = 16'384;                             ///< Per partition.
  std::size_t outbox_prefetch_kilobytes = 4'096;                              ///< Per reader.
  std::size_t produce_buffer_kilobytes = 65'536;                              ///< Per producer.
  std::chrono::milliseconds linger = std::chrono::milliseconds{20};
};

/// What the room tells its owner. Threads: called from any, librdkafka's own too; must neither block nor throw.
struct Hooks {
  /// `level` is syslog's: 3 error, 4 warning, 6 information.
  std::function<void(int level, std::string_view facility, std::string_view text)> log;
  /// A client is dead for good: the process has to be left with this message, and started again.
  std::function<void(std::string why)> failed;
  /// A client does not close: leaves the process. Without it the process is left as failed.
  std::function<void()> stuck = {};
};

}  // namespace kafka
