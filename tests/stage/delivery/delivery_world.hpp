#pragma once

#include <cstdint>
#include <exception>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "delivery/delivery.hpp"
#include "run/decided.hpp"
#include "run/event.hpp"
#include "support/fake_contact_api.hpp"
#include "support/fake_row_encoder.hpp"
#include "support/fake_token_api.hpp"
#include "support/fake_token_cipher.hpp"
#include "support/memory_kafka_delivery.hpp"

namespace delivery {

/// One run as intake would have decided it.
struct TestRun {
  std::string id = "run-1";
  std::string export_id = "export-1";
  std::int64_t job_offset = 100;
  run::UtcTime job_at = support::VirtualTime::default_start - std::chrono::hours{1};
  std::uint64_t rows = 3;
  std::uint64_t invalid = 0;
  std::uint64_t over_cap = 0;
  run::OverCap policy = run::OverCap::skip;
  std::vector<run::ListId> lists{{"list-1"}};
  std::size_t rows_per_range = 1'000;
  bool sealed = true;
};

/// The journal; `stalled`: no transaction is answered any more.
class StallingJournal : public JournalLog {
 public:
  StallingJournal(std::shared_ptr<support::KafkaProcess> process, async::Clock& clock)
      : journal_{std::move(process)}, clock_{clock} {}

  boost::asio::awaitable<Result<std::unique_ptr<Transactor>>> claim(std::int32_t partition) override;
  boost::asio::awaitable<Result<std::vector<LogRecord>>> read_all(std::int32_t partition) override {
    return journal_.read_all(partition);
  }

  bool stalled = false;

 private:
  support::MemoryJournal journal_;
  async::Clock& clock_;
};

class TestOutbox : public support::MemoryOutbox {
 public:
  using MemoryOutbox::MemoryOutbox;
  std::optional<std::int32_t> partition_of(const run::ApplicationId&) const override { return 0; }
};

/// Keeps what the stage told.
class TestObserver : public Observer {
 public:
  void alarm(std::int32_t /*partition*/, Alarm alarm, std::string_view detail) override {
    alarms[alarm].emplace_back(detail);
  }
  void claim_changed(std::int32_t partition, ClaimPhase phase) override { claims[partition] = phase; }
  void run_restored(std::int32_t /*partition*/, const run::ResultEvent& event) override { restored.push_back(event); }

  std::map<Alarm, std::vector<std::string>> alarms;
  std::map<std::int32_t, ClaimPhase> claims;
  std::vector<run::ResultEvent> restored;
};

/// A process with delivery in it.
struct TestProcess {
  TestProcess(support::MemoryKafka& brokers, support::VirtualTime& time, support::FakeVendor& vendor,
              support::FakeTokenApi& token_host, const Settings& delivery_settings, bool names_imports,
              std::uint64_t seed);

  std::shared_ptr<support::KafkaProcess> kafka;
  Settings settings;
  support::VirtualClock clock;
  support::SeededRandom random;
  TestObserver observer;
  support::MemoryDeliveryGroup group;
  TestOutbox outbox;
  StallingJournal journal;
  support::MemoryTableFeed control;
  support::MemoryTableFeed credentials;
  support::MemoryPlainWriter plain_writer;
  support::FakeContactApi api;
  support::FakeTokenCipher cipher;
  support::FakeRowEncoder named{"named"};
  support::FakeRowEncoder unnamed{"unnamed"};
  RowEncoders encoders;
  Delivery delivery;
  bool ended = false;
  std::exception_ptr failure;
};

/// Brokers, the vendor and any number of processes, in virtual time.
class World {
 public:
  explicit World(std::uint64_t seed = 7, support::KafkaDelays delays = {});
  World(const World&) = delete;
  World& operator=(const World&) = delete;
  ~World();

  TestProcess& start();
  /// Everything of it ends where it stands.
  void kill(TestProcess& process);
  /// Asks it to drain, and waits for its end.
  bool drain(TestProcess& process);

  void add_connection();
  void add_token();
  void write(const TestRun& run);

  std::optional<run::RunCompleted> completed(const std::string& run_id);
  std::vector<run::ResultEvent> events(const std::string& run_id);
  bool until_completed(const std::string& run_id, std::chrono::nanoseconds longest);

  support::VirtualTime& time;
  support::VirtualClock clock{time};
  support::MemoryKafka kafka;
  support::FakeVendor vendor{clock};
  support::FakeTokenApi token_host;
  Settings settings;
  bool names_imports = true;  ///< Which form processes use that start from now on.

 private:
  std::vector<std::unique_ptr<TestProcess>> processes_;
};

}  // namespace delivery
