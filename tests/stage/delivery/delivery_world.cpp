#include "stage/delivery/delivery_world.hpp"

#include <algorithm>
#include <utility>
#include <variant>

#include <boost/asio/co_spawn.hpp>

#include "wire/control.hpp"
#include "wire/credentials.hpp"
#include "wire/decided.hpp"
#include "wire/result.hpp"

namespace delivery {
namespace asio = boost::asio;
using namespace std::chrono_literals;
namespace {

/// Coroutines of a process that died still stand where it died. What they stand on is kept, and so is their loop: torn
/// down in the middle, they would touch what is gone already.
template <class T>
std::vector<std::unique_ptr<T>>& kept() {
  static auto& things = *new std::vector<std::unique_ptr<T>>;
  return things;
}

support::VirtualTime& new_time(std::uint64_t seed) {
  return *kept<support::VirtualTime>().emplace_back(std::make_unique<support::VirtualTime>(seed));
}

support::FakeContactApi::Way way_of(const std::shared_ptr<support::KafkaProcess>& process) {
  return [process] { return process->travel(); };
}

class StallingTransactor : public Transactor {
 public:
  StallingTransactor(std::unique_ptr<Transactor> transactor, const bool& stalled, async::Clock& clock)
      : transactor_{std::move(transactor)}, stalled_{stalled}, clock_{clock} {}

  asio::awaitable<Result<Committed>> commit(std::vector<Outgoing> records) override {
    while (stalled_) co_await clock_.sleep(1s);
    co_return co_await transactor_->commit(std::move(records));
  }

 private:
  std::unique_ptr<Transactor> transactor_;
  const bool& stalled_;
  async::Clock& clock_;
};

run::RunInstance instance_of(const TestRun& run) { return {{run.id}, 0, run.job_offset}; }

run::RunOpened opening_of(const TestRun& run) {
  run::RunOpened opened;
  opened.instance = instance_of(run);
  auto& job = opened.job;
  job.run_id = {run.id};
  job.export_id = {run.export_id};
  job.export_name = "Customers";
  job.connection_id = {"connection-1"};
  job.application = {"application-1"};
  job.list_ids = run.lists;
  job.mapping.email_attribute = "email";
  job.segments = {{{"segment-1"}, "All", {}}};
  job.cap = run.rows;
  job.over_cap = run.policy;
  opened.job_at = run.job_at;
  opened.rule_set = "rules-1";
  return opened;
}

run::RunSealed seal_of(const TestRun& run, run::Position last) {
  run::RunSealed sealed;
  sealed.instance = instance_of(run);
  sealed.prev = last;
  sealed.at = {last.offset + 1, 0};
  sealed.totals.received = run.rows + run.invalid + run.over_cap;
  sealed.totals.accepted = run.rows;
  sealed.totals.invalid = run.invalid;
  sealed.totals.over_cap = run.over_cap;
  run::SegmentReceipt segment;
  segment.id = {"segment-1"};
  segment.name = "All";
  segment.decided = sealed.totals;
  segment.ended = true;
  sealed.segments.push_back(segment);
  sealed.rule_set = "rules-1";
  sealed.sealed_at = run.job_at + 1min;
  return sealed;
}

}  // namespace

asio::awaitable<Result<std::unique_ptr<Transactor>>> StallingJournal::claim(std::int32_t partition) {
  auto claimed = co_await journal_.claim(partition);
  if (!claimed) co_return claimed.error();
  std::unique_ptr<Transactor> stalling = std::make_unique<StallingTransactor>(std::move(*claimed), stalled, clock_);
  co_return stalling;
}

TestProcess::TestProcess(support::MemoryKafka& brokers, support::VirtualTime& time, support::FakeVendor& vendor,
                         support::FakeTokenApi& token_host, const Settings& delivery_settings, bool names_imports,
                         std::uint64_t seed)
    : kafka{std::make_shared<support::KafkaProcess>(brokers)},
      settings{delivery_settings},
      clock{time},
      random{seed},
      group{kafka},
      outbox{kafka},
      journal{kafka, clock},
      control{kafka, std::string{support::topic::control}},
      credentials{kafka, std::string{support::topic::credentials}},
      plain_writer{kafka},
      api{vendor, way_of(kafka)},
      encoders{names_imports ? RowEncoders{named, {&unnamed}} : RowEncoders{unnamed, {&named}}},
      delivery{Delivery::Parts{settings, clock, random, observer, group, outbox, journal, control, credentials,
                               plain_writer, api, token_host, cipher, encoders, time.loop().get_executor()}} {
  asio::co_spawn(time.loop(), delivery.run(), [this](const std::exception_ptr& thrown) {
    ended = true;
    failure = thrown;
  });
}

World::World(std::uint64_t seed, support::KafkaDelays delays)
    : time{new_time(seed)}, kafka{time, seed, delays}, token_host{[this] { return clock.sleep(50ms); }} {
  kafka.create_topics(1, 1);
  settings.process = "test";
}

World::~World() {
  for (auto& process : processes_) kept<TestProcess>().push_back(std::move(process));
}

TestProcess& World::start() {
  processes_.push_back(
      std::make_unique<TestProcess>(kafka, time, vendor, token_host, settings, names_imports, processes_.size() + 1));
  return *processes_.back();
}

void World::kill(TestProcess& process) { process.kafka->die(); }

bool World::drain(TestProcess& process) {
  process.delivery.drain();
  return time.run_until([&] { return process.ended; }, 5min);
}

void World::add_connection() {
  run::Connection connection;
  connection.id = {"connection-1"};
  connection.name = "Example";
  connection.application = {"application-1"};
  connection.grant_id = {"grant-1"};
  connection.consent = run::Consent{"somebody", time.now(), "I agree"};
  const run::ControlRecord record{connection};
  kafka.append(support::topic::control, {wire::key_of(record), wire::encode(record), {}});
}

void World::add_token() {
  run::StoredToken token;
  token.name = {{"application-1"}, {"connection-1"}, {"grant-1"}, 0};
  const run::TokenSecret secret{"", "refresh-0", "contact_data"};
  support::FakeTokenCipher cipher;
  token.sealed = cipher.seal(wire::encode(secret), wire::key_of(token.name));
  token.stored_at = time.now();
  kafka.append(support::topic::credentials, {wire::key_of(token.name), wire::encode(token), {}});
}

void World::write(const TestRun& run) {
  const auto append = [&](std::string value) {
    kafka.append(support::topic::decided, {"application-1", std::move(value), {}});
  };
  append(wire::encode(opening_of(run)));
  run::Position last{run.job_offset, 0};
  const auto members = run.rows + run.invalid + run.over_cap;
  for (std::uint64_t next = 0; next < members;) {
    run::DecidedRange range;
    range.instance = instance_of(run);
    range.prev = last;
    range.rule_set = "rules-1";
    for (std::size_t taken = 0; taken < run.rows_per_range && next < members; ++taken, ++next) {
      last = {run.job_offset + 1 + static_cast<std::int64_t>(next), 0};
      if (taken == 0) range.first = last;
      if (next < run.rows) {
        range.rows.push_back({last, "person" + std::to_string(next) + "@example.com", {}});
      } else {
        const auto reason = next < run.rows + run.invalid ? run::Reason::invalid_email : run::Reason::over_cap;
        range.rejects.push_back({last, 0, "profile-" + std::to_string(next), reason, "missing_at"});
      }
    }
    range.last = last;
    append(wire::encode(range));
  }
  if (run.sealed) append(wire::encode(seal_of(run, last)));
}

std::vector<run::ResultEvent> World::events(const std::string& run_id) {
  std::vector<run::ResultEvent> found;
  for (const auto& stored : kafka.read_all(support::topic::results)) {
    auto event = wire::decode_result(*stored.record.value);
    if (event && event->instance.run_id.value == run_id) found.push_back(std::move(*event));
  }
  return found;
}

std::optional<run::RunCompleted> World::completed(const std::string& run_id) {
  std::optional<run::RunCompleted> last;
  for (const auto& event : events(run_id)) {
    if (const auto* completed = std::get_if<run::RunCompleted>(&event.what)) last = *completed;
  }
  return last;
}

bool World::until_completed(const std::string& run_id, std::chrono::nanoseconds longest) {
  const auto end = time.elapsed() + longest;
  while (time.elapsed() < end) {
    if (completed(run_id)) return true;
    time.run_for(1s);
  }
  return completed(run_id).has_value();
}

}  // namespace delivery
