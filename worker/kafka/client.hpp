#pragma once

#include <atomic>
#include <cstdint>
#include <map>
#include <memory>
#include <string>

#include "kafka/error.hpp"
#include "kafka/settings.hpp"

struct rd_kafka_s;
struct rd_kafka_message_s;

namespace kafka {

enum class Role : std::uint8_t { consumer, producer };

using Properties = std::map<std::string, std::string>;

/// What a client is made from beside the settings.
struct ClientOptions {
  Role role = Role::consumer;
  Properties properties{};
  /// Of a producer: told of each record once it is acknowledged or given up, with `owner`; on the thread that polls.
  void (*on_delivery)(const rd_kafka_message_s& message, void* owner) = nullptr;
  void* owner = nullptr;
  bool rebalance_events = false;  ///< Rebalances come as events of the consumer queue.
};

/// Owns one client of librdkafka; leaves its group and closes it within the settings' time, or leaves the process,
/// since a client that does not close would hold it for ever.
///
/// Throws std::runtime_error where a property is wrong: such a start must not go on.
class Client {
 public:
  Client(const Settings& settings, Hooks hooks, ClientOptions options);
  Client(Client&&) noexcept;
  Client& operator=(Client&&) = delete;
  ~Client();

  rd_kafka_s* get() const { return handle_; }
  void log(int level, std::string_view text) const;
  /// An error that came as an event of a queue: logged, or the end of the client. Answers whether it is its end.
  bool heed(int code, std::string_view reason) const;
  /// Tells the hook, once.
  void fail(const std::string& why) const;

  struct Shared;
  /// Of the callbacks of a client.
  static Shared& shared_of(void* opaque) { return *static_cast<Shared*>(opaque); }

 private:
  std::unique_ptr<Shared> shared_;
  rd_kafka_s* handle_ = nullptr;
};

/// All that a client is made from: `own` beats what every client of the room has, and both beat the user's.
Properties client_properties(const Settings& settings, const Properties& own);

/// The room's rules for clients (notes on librdkafka, sections 1 and 2), as properties.
Properties reader_properties(const Settings& settings, std::size_t prefetch_kilobytes);
Properties group_properties(const Settings& settings, const std::string& group);
Properties producer_properties(const Settings& settings);

/// What librdkafka's number of an error means here.
Error error_of(int code, std::string_view doing);

}  // namespace kafka
