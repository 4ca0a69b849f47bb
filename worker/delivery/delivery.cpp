#include "delivery/delivery.hpp"

#include <algorithm>
#include <string>
#include <utility>
#include <variant>

namespace delivery {
namespace asio = boost::asio;
namespace {

/// An alarm that belongs to no partition of the outbox.
constexpr std::int32_t no_partition = -1;

/// Takes the partition out of what is owned, also over an exception.
class Leaving {
 public:
  Leaving(std::map<std::int32_t, std::shared_ptr<Ownership>>& owned, std::int32_t partition, Wake& told)
      : owned_{owned}, partition_{partition}, told_{told} {}
  Leaving(const Leaving&) = delete;
  Leaving& operator=(const Leaving&) = delete;
  ~Leaving() {
    owned_.erase(partition_);
    told_.notify();
  }

 private:
  std::map<std::int32_t, std::shared_ptr<Ownership>>& owned_;
  std::int32_t partition_;
  Wake& told_;
};

}  // namespace

Delivery::Delivery(Parts parts)
    : parts_{std::move(parts)},
      told_{parts_.executor},
      refreshes_{parts_.executor, [this] { told_.notify(); }},
      refresher_{parts_.tokens,   parts_.cipher, parts_.plain_writer, credentials_,
                 parts_.settings, parts_.clock,  refreshes_,          parts_.executor},
      tasks_{parts_.executor, [this] { told_.notify(); }} {}

asio::awaitable<void> Delivery::run() {
  tasks_.spawn(follow_control());
  tasks_.spawn(await_control_end());
  tasks_.spawn(follow_credentials());
  tasks_.spawn(follow_group());
  const auto failed = [this] { return tasks_.failed() || refreshes_.failed(); };
  while (!failed() && !(draining_ && owned_.empty())) co_await told_.wait();
  if (failed()) {
    for (const auto& [partition, ownership] : owned_) ownership->drop();
  }
  while (!owned_.empty()) co_await told_.wait();
  co_await refreshes_.join();
  tasks_.cancel();
  co_await tasks_.join();
}

void Delivery::drain() {
  draining_ = true;
  for (const auto& [partition, ownership] : owned_) ownership->stop();
  told_.notify();
}

bool Delivery::settled() const {
  return joined_ &&
         std::all_of(owned_.begin(), owned_.end(), [](const auto& entry) { return entry.second->working(); });
}

asio::awaitable<void> Delivery::follow_group() {
  for (;;) {
    const auto event = co_await parts_.group.next();
    if (const auto* assigned = std::get_if<GroupAssigned>(&event)) {
      for (const auto partition : assigned->partitions) {
        if (draining_) break;
        const auto ownership = std::make_shared<Ownership>(partition, claim_parts());
        if (owned_.emplace(partition, ownership).second) tasks_.spawn(own(partition, ownership));
      }
      joined_ = true;
    } else {
      co_await revoke(std::get<GroupRevoked>(event).lost);
    }
    parts_.group.accept();
  }
}

asio::awaitable<void> Delivery::revoke(bool lost) {
  for (const auto& [partition, ownership] : owned_) {
    if (lost) {
      ownership->drop();
    } else {
      ownership->stop();
    }
  }
  while (!owned_.empty()) co_await told_.wait();
}

asio::awaitable<void> Delivery::own(std::int32_t partition, std::shared_ptr<Ownership> ownership) {
  const Leaving leaving{owned_, partition, told_};
  co_await ownership->run();
}

ClaimParts Delivery::claim_parts() {
  return {.settings = parts_.settings,
          .clock = parts_.clock,
          .random = parts_.random,
          .observer = parts_.observer,
          .group = parts_.group,
          .outbox = parts_.outbox,
          .journal = parts_.journal,
          .control = parts_.control,
          .credentials_feed = parts_.credentials,
          .api = parts_.api,
          .cipher = parts_.cipher,
          .encoders = parts_.encoders,
          .directory = directory_,
          .credentials = credentials_,
          .unreadable = unreadable_,
          .refresher = refresher_,
          .executor = parts_.executor};
}

asio::awaitable<void> Delivery::follow_control() {
  for (;;) {
    const auto record = co_await parts_.control.next();
    note("export-control", record, directory_.apply(record, parts_.clock.boot()));
  }
}

asio::awaitable<void> Delivery::await_control_end() {
  for (;;) {
    const auto ended = co_await parts_.control.caught_up();
    if (ended) break;
    co_await parts_.clock.sleep(parts_.settings.step_pause);
  }
  directory_.read_to_end(parts_.clock.boot());
  look_again();
}

asio::awaitable<void> Delivery::follow_credentials() {
  for (;;) {
    const auto record = co_await parts_.credentials.next();
    note("export-credentials", record, credentials_.apply(record));
  }
}

void Delivery::note(const std::string& table, const LogRecord& record, bool readable) {
  unreadable_.note(table, record, readable);
  if (!readable) {
    parts_.observer.alarm(no_partition, Alarm::unreadable_record, unreadable_.where());
    for (const auto& [partition, ownership] : owned_) ownership->halt();
  }
  look_again();
}

void Delivery::look_again() {
  for (const auto& [partition, ownership] : owned_) ownership->look_again();
}

}  // namespace delivery
