#include "delivery/directory.hpp"

#include <utility>

#include "wire/control.hpp"

namespace delivery {
namespace {

constexpr std::chrono::minutes forget_requests{10};

std::string key_of(const run::ConnectionId& id) {
  run::Connection connection;
  connection.id = id;
  return wire::key_of(run::ControlRecord{std::move(connection)});
}

}  // namespace

bool Directory::apply(const LogRecord& record, async::BootTime now) {
  if (!record.value) {
    if (connections_.erase(record.key) > 0) removed_[record.key] = now;
    records_.erase(record.key);
    requests_.erase(record.key);
    return true;
  }
  auto decoded = wire::decode_control(*record.value);
  if (!decoded) return false;
  if (auto* connection = std::get_if<run::Connection>(&*decoded)) {
    connections_.insert_or_assign(record.key, Entry{std::move(*connection), record.offset});
    removed_.erase(record.key);
  } else if (auto* request = std::get_if<run::Request>(&*decoded)) {
    std::erase_if(requests_, [&](const auto& known) { return known.second.at + forget_requests < record.appended_at; });
    requests_.insert_or_assign(record.key, Asked{std::move(*request), record.appended_at});
  } else {
    records_.insert_or_assign(record.key, Record{std::move(*decoded), record.offset});
  }
  return true;
}

void Directory::read_to_end(async::BootTime now) {
  if (!read_to_end_at_) read_to_end_at_ = now;
}

const Directory::Entry* Directory::connection(const run::ConnectionId& id) const {
  const auto found = connections_.find(key_of(id));
  return found == connections_.end() ? nullptr : &found->second;
}

Directory::Absence Directory::absence(const run::ConnectionId& id, async::BootTime now,
                                      std::chrono::nanoseconds belief) const {
  if (!read_to_end_at_ || now - *read_to_end_at_ < belief) return Absence::not_sure;
  const auto removed = removed_.find(key_of(id));
  if (removed == removed_.end()) return Absence::never;
  return now - removed->second < belief ? Absence::not_sure : Absence::removed;
}

template <class T>
const T* Directory::find(const T& key) const {
  const auto found = records_.find(wire::key_of(run::ControlRecord{key}));
  return found == records_.end() ? nullptr : std::get_if<T>(&found->second.record);
}

const run::Pause* Directory::pause(run::PauseScope scope, const std::string& id) const {
  run::Pause key;
  key.scope = scope;
  key.id = id;
  return find(key);
}

const run::CancelRun* Directory::canceled(const run::RunInstance& instance) const {
  run::CancelRun key;
  key.instance = instance;
  return find(key);
}

const run::ReleaseRun* Directory::released(const run::RunInstance& instance) const {
  run::ReleaseRun key;
  key.instance = instance;
  return find(key);
}

}  // namespace delivery
